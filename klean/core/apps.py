from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "klean.core"
    label = "core"

    def ready(self) -> None:
        from klean.core.policy.actions import check_section
        from klean.core.policy.rules import faults_of_calendar
        from klean.core.web import openapi  # noqa: F401  registered by being imported

        check_section("calendar", faults_of_calendar)
