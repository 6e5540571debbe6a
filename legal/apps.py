from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalConfig(AppConfig):
    name = "legal"

    def ready(self) -> None:
        from klean.core.access.models import Role
        from klean.core.policy.rules.sections import register_section
        from klean.core.policy.titles import words_for
        from klean.core.privacy.legal_holds import register_legal_hold_check
        from klean.core.web.navigation import Link, register_links
        from legal.models.support import SupportApplication
        from legal.queries.records import standing_holds
        from legal.rules.policy import Legal

        register_legal_hold_check(standing_holds)
        register_section("legal", Legal, words_for(SupportApplication.Size, SupportApplication.Right))
        register_links(
            Link(order=130, href="/legal/", label=_("Legal"), icon="briefcase", roles={Role.LEGAL}),
        )
