from pathlib import Path

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class ListingsConfig(AppConfig):
    name = "listings"

    def ready(self) -> None:
        from django.conf import settings

        from brands.models import Brand, ReferenceImage
        from klean.core.access.models import Role
        from klean.core.access.scopes import register_scopes
        from klean.core.operations.health import register_probe
        from klean.core.policy.rules.sections import register_section
        from klean.core.policy.titles import words_for
        from klean.core.web.navigation import Link, register_links
        from listings import handlers  # noqa: F401  registers what makes screening load again
        from listings.judging.readiness import require_artefacts
        from listings.models import Verdict
        from screening.checks.permit.words import CATEGORIES
        from screening.checks.registry import KINDS
        from screening.policy import CODES, SECTIONS
        from screening.price.money import use_rates
        from sellers.models import SalesPermit

        kinds = {kind.name: kind.label for kind in KINDS.values()}
        of_brands = words_for(Brand.Protection, ReferenceImage.Kind)
        entries = {code.lower(): one for code, one in of_brands.items()}
        words = {
            "screening": {**kinds, **entries, **words_for(Verdict), **CODES},
            "permits": {**CATEGORIES, **words_for(SalesPermit.Kind)},
        }
        for name, section in SECTIONS.items():
            register_section(name, section, words.get(name))
        if (
            settings.KLEAN_RATES and Path(settings.KLEAN_RATES).exists()
        ):  # not before fetch_rates has written it
            try:
                use_rates(Path(settings.KLEAN_RATES))
            except (OSError, ValueError) as error:
                raise ImproperlyConfigured(f"KLEAN_RATES: {error}") from None
        register_probe("screening", require_artefacts)
        register_scopes("listings:write", "listings:read", "screenings:write")
        register_links(
            Link(
                order=30,
                href="/desk/screening/",
                label=_("Screening"),
                icon="magnifying-glass",
                roles={Role.MODERATOR, Role.SENIOR, Role.GOVERNANCE, Role.ENGINEER},
            ),
            Link(order=90, href="/seller/listings/", label=_("Listings"), icon="tag", roles={Role.SELLER}),
        )
