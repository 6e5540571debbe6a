from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnforcementConfig(AppConfig):
    name = "enforcement"

    def ready(self) -> None:
        from enforcement.cases import handlers  # noqa: F401  registers every way a case can begin
        from enforcement.cases.models import Source
        from enforcement.cases.rules.policy import Cases
        from enforcement.decisions.models import Decision
        from enforcement.decisions.queries.approvals import awaits_second
        from enforcement.decisions.rules.policy import Appeals, Decisions
        from enforcement.desk import handlers as desk_handlers  # noqa: F401  registers quality checks
        from enforcement.sanctions.models import Rung
        from enforcement.sanctions.queries.words import MEASURES, TRACKS
        from enforcement.sanctions.rules.policy import Ladder, Sanctions
        from enforcement.sanctions.rules.severities import SEVERITY_LABELS
        from klean.core.access.models import Role
        from klean.core.access.scopes import register_scopes
        from klean.core.policy.rules.sections import register_section
        from klean.core.policy.titles import words_for
        from klean.core.web.navigation import Link, register_links
        from listings.actions.stops import keep_off_while
        from listings.models.catalogue import register_reasons
        from refunds.gateways.orders import items_of_order
        from reports.queries.orders import ask_for_items_of_orders

        keep_off_while(awaits_second)
        register_reasons(words_for(Decision.Ground))
        ask_for_items_of_orders(items_of_order)
        register_section("cases", Cases, words_for(Source))
        register_section(
            "decisions",
            Decisions,
            {**SEVERITY_LABELS, **words_for(Role, Source, Rung, Decision.Outcome, Decision.Action)},
        )
        register_section("sanctions", Sanctions, MEASURES)
        register_section("ladder", Ladder, {**TRACKS, **MEASURES, **SEVERITY_LABELS, **words_for(Rung)})
        register_section("appeals", Appeals)
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
