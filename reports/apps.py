from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from klean.core.access.models import Organisation, Role
        from klean.core.access.scopes import register_scopes
        from klean.core.policy.rules.sections import register_section
        from klean.core.policy.titles import words_for
        from klean.core.web.navigation import EVERYONE, Link, register_links
        from klean.core.web.start_page import Card, Row, register_cards
        from listings.actions.stops import keep_off_while
        from listings.actions.training import learn_from
        from listings.models.catalogue import register_reasons
        from reports import handlers  # noqa: F401  hears screening's flags
        from reports.actions.interim import INTERIM_REASON
        from reports.models.notices import Notice
        from reports.models.reporters import MisuseMeasure, ReporterTier
        from reports.queries.corroboration import is_corroborated
        from reports.queries.portal import holder_labels
        from reports.rules.policy import Reports

        register_section(
            "reports", Reports, words_for(Notice.NotifierType, MisuseMeasure.Rung, ReporterTier.State)
        )
        register_reasons({INTERIM_REASON: _("confirmed by independent reports")})
        keep_off_while(is_corroborated)
        learn_from(holder_labels)
        holders = {Organisation.Kind.RIGHTS_HOLDER, Organisation.Kind.AUTHORITY}
        register_scopes("notices:write", "notices:read", open_to=holders)
        register_links(
            Link(
                order=60, href="/rights/notices/", label=_("Notices"), icon="flag", roles={Role.RIGHTS_HOLDER}
            ),
            Link(
                order=70,
                href="/rights/watchlist/",
                label=_("Watchlist"),
                icon="eye",
                roles={Role.RIGHTS_HOLDER},
            ),
            Link(order=100, href="/seller/notices/", label=_("Notices"), icon="flag", roles={Role.SELLER}),
            Link(
                order=160,
                href="/report",
                label=_("Report a fake"),
                icon="flag",
                roles={Role.CONSUMER, EVERYONE},
            ),
        )
        register_cards(
            Card(
                row=Row.BUYERS,
                href="/report",
                title=_("Report a fake"),
                text=_("Seen a listing that looks fake? Anyone can report it. No account needed."),
                icon="flag",
                variant="choice choice-main",
            )
        )
