"""Decisions that are appealed against, and rulings in their place."""

from datetime import timedelta

from enforcement.appeals.actions.appeals import file_appeal
from enforcement.decisions.actions.rulings import Ruling
from reports.models.notices import Notice
from tests.fixtures import NOON, TESTER
from tests.make.enforcement import decide

DAY = timedelta(days=1)
WORDS = "The invoices are sound."


def milder(severity, **also):
    return Ruling(outcome="INFRINGING", severity=severity, ground="COUNTERFEIT", reasons=WORDS, **also)


def decided(case, severity):
    return decide(case, severity) if severity else decide(case, outcome="NOT_INFRINGING")


def filed(made, party):
    notice = Notice.objects.get() if party == "REPORTER" else None
    return file_appeal(
        made, grounds="Look again, please.", notice=notice, at=NOON + timedelta(hours=1), actor=TESTER
    )
