from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "legal"

    def ready(self) -> None:
        from klean.core.keeping import keep_from_erasure
        from klean.core.policy import check_section
        from legal.queries.records import standing_holds
        from legal.rules.support import faults_of

        keep_from_erasure(standing_holds)
        check_section("legal", lambda section: faults_of(section["support"]))
