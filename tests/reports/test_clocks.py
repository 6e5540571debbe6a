from datetime import datetime
from zoneinfo import ZoneInfo

from reports.models.notices import Notice
from reports.queries.notices import answer_by, clocks_kept
from tests import make
from tests.fixtures import NOON

SEOUL = ZoneInfo("Asia/Seoul")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def test_who_reports_in_good_faith_is_answered_first(policy):
    start = at("2026-03-03T09:00")
    assert answer_by("RIGHTS_HOLDER", "STANDARD", at=start) == at("2026-03-05T15:00")
    assert answer_by("RIGHTS_HOLDER", "ADMITTED", at=start) == at("2026-03-03T17:00")
    assert answer_by("AUTHORITY", "ADMITTED", at=start) == at("2026-03-03T13:00")


def test_a_notice_carries_its_clock(policy):
    make.notice(at=at("2026-03-03T09:00"))
    assert Notice.objects.get().answer_by == at("2026-03-04T18:00")


def test_the_desk_sees_what_is_overdue(policy, browser_of, person):
    notice = make.notice(at=NOON)
    page = browser_of(person("moderator")).get("/desk/clocks/").content.decode()
    assert f'href="/desk/notices/{notice.pk}"' in page
    assert clocks_kept(since=NOON, at=NOON) == []
