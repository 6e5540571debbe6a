"""The style guide: every component with the states it can be in, mounted where DEBUG is on."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klean.core.web.forms import SampleForm

STATES = (
    "LIVE HELD BLOCKED QUARANTINED REMOVED REINSTATED IN_REVIEW AWAITING_SELLER ESCALATED DECIDED"
    " APPROVED EXPIRING REJECTED_FORGED REFUNDED ABUSE_HOLD DRAFT"
)


def design(request: HttpRequest) -> HttpResponse:
    """What the templates of every app may draw with."""
    now = timezone.now()
    title = "[정품로스] 미래로 ㄴㅏ이키 스타일 러닝화 미러급 <특가>"
    context = {
        "form": SampleForm(),
        "bad_form": SampleForm({"email": "kim", "reason": "fake"}, prefix="bad"),
        "states": STATES.split(),
        "title": title,
        "spans": [(1, 5, _("code word")), (11, 15, "나이키"), (24, 27, _("code word"))],
        "times": [now - timedelta(minutes=3), now - timedelta(hours=5), now - timedelta(days=9)],
        "rows": [
            ("K-1042", title, "HELD", 39000, now - timedelta(minutes=12)),
            ("K-1041", "가죽 크로스백 SA급 국내배송", "BLOCKED", 89000, now - timedelta(hours=2)),
            ("K-1040", "미래로 러닝화 2026 봄 컬렉션", "LIVE", 129000, now - timedelta(days=1)),
        ],
        "step_names": [_("The item"), _("What is wrong"), _("Check and send")],
        "months": ["1월", "2월", "3월", "4월", "5월", "6월"],
        "cases": [120, 180, 164, 240, 210, 302],
        "kinds": [_("Price"), _("Text"), _("Picture"), _("Authorisation")],
        "shares": [41.0, 32.5, 18.0, 8.5],
        "region": [0.28, 0.3, 0.72, 0.66],
    }
    return render(request, "core/design.html", context)
