from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from klean.core.policy import check_section
        from listings.actions.stops import keep_off_while
        from listings.actions.training import learn_from
        from reports import handlers  # noqa: F401  hears screening's flags
        from reports.queries.portal import holder_labels
        from reports.queries.voices import is_corroborated
        from reports.rules.hours import faults_of_calendar
        from reports.rules.terms import faults_of_refunds, faults_of_reports

        check_section("calendar", faults_of_calendar)
        check_section("reports", faults_of_reports)
        check_section("refunds", faults_of_refunds)
        keep_off_while(is_corroborated)
        learn_from(holder_labels)
