from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from klean.core.policy import check_section
        from listings.actions.training import learn_from
        from reports import handlers  # noqa: F401  hears screening's flags
        from reports.queries import holder_labels
        from reports.rules.hours import faults_of_calendar
        from reports.rules.terms import faults_of_refunds, faults_of_reports

        check_section("calendar", faults_of_calendar)
        check_section("reports", faults_of_reports)
        check_section("refunds", faults_of_refunds)
        learn_from(holder_labels)
