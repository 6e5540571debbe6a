from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        from governance.rules.terms import faults_of_governance, faults_of_retention
        from klean.core.policy import check_section

        check_section("governance", faults_of_governance)
        check_section("retention", faults_of_retention)
