"""A notice that cannot be taken up says why and how to mend it."""

import pytest

from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from reports.models.notices import Notice, NoticeItem
from reports.queries.intake import refusal_grounds
from tests import make
from tests.fixtures import NOON

pytestmark = pytest.mark.usefixtures("policy")
REFUSAL = {"ground": "right", "words": "Send the number of the registered mark."}


@pytest.fixture
def desk(person, browser_of):
    return browser_of(person("moderator"))


def refused(desk, notice, **also):
    return desk.post(f"/desk/notices/{notice.pk}/refusals", REFUSAL | also)


@pytest.mark.parametrize(("language", "mend"), [("en", "Enter the infringed right"), ("ko", "권리")])
def test_the_notifier_reads_what_it_lacks_and_what_to_do_in_their_own_language(
    desk, recorded, language, mend
):
    notice = make.notice()
    Notice.objects.update(contact_email="minsu@example.kr", language=language)
    assert desk.get(f"/desk/notices/{notice.pk}").status_code == 200
    assert refused(desk, notice).status_code == 302
    notice.refresh_from_db()
    assert notice.state == "INADMISSIBLE"
    letter = render_mail(Mail.objects.get(template="mail/reports/notice_refused.txt"))[1]
    page = desk.get(f"/report/{notice.reference}").text
    for text in (letter, page, notice.inadmissible_because):
        assert mend in text
        assert REFUSAL["words"] in text
    assert recorded().count("reports.notice.refused") == 1


@pytest.mark.parametrize("wrong", [{"ground": ""}, {"ground": "spite"}, {"words": ""}])
def test_a_refusal_without_a_ground_or_without_a_way_on_changes_nothing(desk, recorded, wrong):
    notice = make.notice()
    assert refused(desk, notice, **wrong).status_code == 422
    notice.refresh_from_db()
    assert notice.state == "ACKNOWLEDGED"
    assert "reports.notice.refused" not in recorded()


def test_what_is_decided_is_not_refused_any_more(desk):
    notice = make.notice()
    make.decide_on(make.offer())
    assert refused(desk, notice).status_code == 409
    assert NoticeItem.objects.get().outcome == "UPHELD"


def test_every_ground_says_how_to_mend_it():
    words = dict(refusal_grounds(at=NOON))
    assert set(words) == {"explanation", "listings", "right", "good_faith"}
    assert all(one and "%(" not in one for one in words.values())
