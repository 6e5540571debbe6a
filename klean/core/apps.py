from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "klean.core"
    label = "core"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from klean.core.access.models import Role
        from klean.core.access.scopes import register_scopes
        from klean.core.events.registry import load_facts
        from klean.core.management.policy_checks import check_policies
        from klean.core.operations.older_releases import check_release
        from klean.core.policy.rules.calendar import Calendar
        from klean.core.policy.rules.sections import register_section
        from klean.core.web import admin, openapi  # noqa: F401  registered by being imported
        from klean.core.web.navigation import Link, register_links
        from klean.core.webhooks import handlers  # noqa: F401  every event goes to the webhooks

        load_facts()
        register_section("calendar", Calendar)
        register(check_release, Tags.database)
        register(check_policies, Tags.database)
        register_scopes("events:read")
        register_links(
            Link(
                order=150,
                href="/developers/",
                label=_("Developers"),
                icon="code-bracket",
                roles={Role.ENGINEER},
            ),
        )
