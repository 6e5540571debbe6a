from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    name = "enforcement"

    def ready(self) -> None:
        from enforcement.cases import handlers  # noqa: F401  registers every way a case can begin
        from enforcement.decisions.queries.approvals import awaits_second
        from enforcement.decisions.queries.grants import faults_of_cases
        from enforcement.decisions.rules.policy import faults_of_appeals
        from enforcement.sanctions.rules.policy import faults_of_ladder
        from klean.core.access.models import Role
        from klean.core.access.scopes import register_scopes
        from klean.core.policy.actions import check_section
        from klean.core.web.navigation import Link, register_links
        from listings.actions.stops import keep_off_while
        from refunds.gateways.orders import items_of_order
        from reports.queries.orders import ask_for_items_of_orders

        keep_off_while(awaits_second)
        ask_for_items_of_orders(items_of_order)
        check_section("ladder", faults_of_ladder)
        check_section("cases", faults_of_cases)
        check_section("appeals", faults_of_appeals)
        register_scopes("cases:read", "decisions:write", "appeals:write", "sellers:read")
        register_links(
            Link(
                order=10,
                href="/desk/",
                label=_("Protection desk"),
                icon="shield-check",
                roles={Role.MODERATOR, Role.SENIOR},
            ),
            Link(
                order=40,
                href="/penalties/",
                label=_("Penalties"),
                icon="scale",
                roles={Role.PENALTIES, Role.SENIOR},
            ),
            Link(
                order=110, href="/seller/decisions/", label=_("Decisions"), icon="scale", roles={Role.SELLER}
            ),
        )
