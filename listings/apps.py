from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "listings"

    def ready(self) -> None:
        from klean.core.policy import check_section
        from listings import handlers  # noqa: F401  registers what makes screening load again
        from listings.rules.terms import faults_of_screening

        check_section("screening", faults_of_screening)
