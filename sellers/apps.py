from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SellersConfig(AppConfig):
    name = "sellers"

    def ready(self) -> None:
        from klean.core.access.models import Role
        from klean.core.policy.rules.sections import register_section
        from klean.core.web.navigation import Link, register_links
        from klean.core.web.start_page import Card, Row, register_cards
        from sellers import handlers  # noqa: F401  registers what shops are written
        from sellers.rules.policy import Authorisations, Businesses, Links, Payouts

        register_section("authorisations", Authorisations)
        register_section("businesses", Businesses)
        register_section("payouts", Payouts)
        register_section("links", Links)
        register_links(
            Link(
                order=20,
                href="/desk/authorisations/",
                label=_("Authorisations"),
                icon="document-check",
                roles={Role.MODERATOR, Role.SENIOR},
            ),
            Link(
                order=80, href="/seller/", label=_("Seller"), icon="building-storefront", roles={Role.SELLER}
            ),
        )
        register_cards(
            Card(
                row=Row.PARTNERS,
                href="/seller/",
                title=_("I sell here"),
                text=_("Show your authorisation, answer a question about a listing, or appeal a decision."),
                icon="building-storefront",
            )
        )
