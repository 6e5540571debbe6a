from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "enforcement"

    def ready(self) -> None:
        from enforcement import handlers  # noqa: F401  registers every way a case can begin
