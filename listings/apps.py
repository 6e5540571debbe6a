from pathlib import Path

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class ListingsConfig(AppConfig):
    name = "listings"

    def ready(self) -> None:
        from django.conf import settings

        from klean.core.policy.actions import check_section
        from listings import handlers  # noqa: F401  registers what makes screening load again
        from listings.rules.terms import faults_of_screening
        from screening.price.money import use_rates

        check_section("screening", faults_of_screening)
        if (
            settings.KLEAN_RATES and Path(settings.KLEAN_RATES).exists()
        ):  # not before fetch_rates has written it
            try:
                use_rates(Path(settings.KLEAN_RATES))
            except (OSError, ValueError) as error:
                raise ImproperlyConfigured(f"KLEAN_RATES: {error}") from None
