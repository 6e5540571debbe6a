from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "enforcement"

    def ready(self) -> None:
        from enforcement import handlers  # noqa: F401  registers every way a case can begin
        from enforcement.rules.parsing import faults_of_ladder
        from enforcement.models import Source
        from enforcement.rules.settings import faults_of_appeals, faults_of_cases
        from klean.core.policy import check_section

        check_section("ladder", faults_of_ladder)
        check_section("appeals", faults_of_appeals)
        check_section("cases", lambda section: faults_of_cases(section, Source.values))
