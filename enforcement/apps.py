from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "enforcement"

    def ready(self) -> None:
        from enforcement import handlers  # noqa: F401  registers every way a case can begin
        from enforcement.queries.approvals import awaits_second
        from enforcement.queries.grants import faults_of_cases
        from enforcement.rules.parsing import faults_of_ladder
        from enforcement.rules.settings import faults_of_appeals
        from klean.core.policy import check_section
        from listings.actions.stops import keep_off_while

        keep_off_while(awaits_second)
        check_section("ladder", faults_of_ladder)
        check_section("cases", faults_of_cases)
        check_section("appeals", faults_of_appeals)
