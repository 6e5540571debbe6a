from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MysteryShopConfig(AppConfig):
    name = "mystery_shop"

    def ready(self) -> None:
        from klean.core.access.models import Organisation, Role
        from klean.core.access.scopes import register_scopes
        from klean.core.web.navigation import Link, register_links
        from listings.actions.training import learn_from
        from mystery_shop.queries.labels import verdict_labels

        learn_from(verdict_labels)
        register_scopes("custody:write", open_to={Organisation.Kind.INSPECTION_BODY})
        register_links(
            Link(
                order=120,
                href="/inspections/",
                label=_("Inspections"),
                icon="beaker",
                roles={Role.INSPECTOR, Role.MODERATOR, Role.SENIOR, Role.GOVERNANCE},
            ),
        )
