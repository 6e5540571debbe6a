"""Where personal data is held."""

from django.apps import apps
from django.db.models import Model

from klean.core.rows.personal import Personal


def inventory() -> list[tuple[type[Model], Personal]]:
    """Every model that declares personal data, with what it declares."""
    return [(model, vars(model)["PERSONAL"]) for model in apps.get_models() if "PERSONAL" in vars(model)]
