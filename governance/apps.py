from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        from governance.rules.terms import faults_of_governance, faults_of_retention
        from klean.core.access.models import Role
        from klean.core.policy.actions import check_section
        from klean.core.web.navigation import EVERYONE, Link, register_links

        check_section("governance", faults_of_governance)
        check_section("retention", faults_of_retention)
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
