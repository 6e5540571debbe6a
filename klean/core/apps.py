from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "klean.core"
    label = "core"

    def ready(self) -> None:
        from klean.core import handlers, openapi  # noqa: F401  registered by being imported
