from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrandsConfig(AppConfig):
    name = "brands"

    def ready(self) -> None:
        from brands.rules.policy import Rights
        from klean.core.access.models import Role
        from klean.core.policy.rules.sections import register_section
        from klean.core.web.navigation import Link, register_links
        from klean.core.web.start_page import Card, Row, register_cards

        register_section("rights", Rights)
        register_links(
            Link(
                order=50,
                href="/rights/",
                label=_("Rights holder"),
                icon="identification",
                roles={Role.RIGHTS_HOLDER},
            ),
        )
        register_cards(
            Card(
                row=Row.PARTNERS,
                href="/rights/",
                title=_("I hold the rights"),
                text=_("Register your brands, send notices and see what came of each."),
                icon="identification",
            )
        )
