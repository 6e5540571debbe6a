from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RefundsConfig(AppConfig):
    name = "refunds"

    def ready(self) -> None:
        from klean.core.access.models import Role
        from klean.core.access.scopes import register_scopes
        from klean.core.policy.rules.sections import register_section
        from klean.core.web.navigation import EVERYONE, Link, register_links
        from klean.core.web.start_page import Card, Row, register_cards
        from refunds.rules.policy import PARTS, Refunds

        register_section("refunds", Refunds, PARTS)
        register_scopes("claims:write", "claims:read")
        register_links(
            Link(
                order=170,
                href="/refunds",
                label=_("Refunds"),
                icon="receipt-refund",
                roles={Role.CONSUMER, EVERYONE},
            ),
        )
        register_cards(
            Card(
                row=Row.BUYERS,
                href="/refunds",
                title=_("Request a refund"),
                text=_(
                    "Think you bought a fake? Log in and tell us the order and the item. No appraisal, photos or "
                    "fee."
                ),
                icon="receipt-refund",
                variant="choice",
            )
        )
