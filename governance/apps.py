from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        from governance.rules.policy import CLASSES, Governance, Retention
        from klean.core.access.models import Role
        from klean.core.policy.rules.sections import register_section
        from klean.core.web.navigation import EVERYONE, Link, register_links

        register_section("governance", Governance)
        register_section("retention", Retention, CLASSES)
        register_links(
            Link(
                order=140,
                href="/governance/",
                label=_("Governance"),
                icon="chart-bar",
                roles={Role.GOVERNANCE},
            ),
            Link(
                order=180,
                href="/transparency",
                label=_("Transparency"),
                icon="eye",
                roles={Role.CONSUMER, Role.GOVERNANCE, EVERYONE},
            ),
        )
