from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "klean.core"
    label = "core"

    def ready(self) -> None:
        from klean.core import handlers  # noqa: F401  registers what hears every event
