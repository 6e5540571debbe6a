import csv
from io import StringIO

import pytest

from reports.actions.notices import Notifier
from reports.models.notices import Notice
from tests import make

pytestmark = pytest.mark.usefixtures("policy")
WORDS = "The mark on the buckle is a plain copy of ours."
HOSTILE = "=cmd|' /C calc'!A0<script>alert(1)</script>"


@pytest.fixture
def holder(browser_of):
    client = browser_of(make.holder_person())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def complete(**also):
    right = make.holder_person().memberships.get().organisation.rights_holder.ip_rights.get()
    return {
        "listings": ["1005"],
        "right": right.pk,
        "reason": "COUNTERFEIT",
        "explanation": WORDS,
        "good_faith": "on",
    } | also


def post(client, step, **also):
    return client.post("/rights/notices/new", complete(step=step, **also))


def mine(client):
    user = make.holder_person()
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    return make.notice(by=by, right_kind="TRADEMARK", explanation=WORDS, good_faith=True)


def test_a_holder_searches_ticks_previews_and_files(holder):
    make.offer("1005")
    make.offer("1006", title="Haneul purse, mirror grade")
    make.offer("1007", title="An honest mug")
    found = post(holder, "search", q="haneul", listings=["1005"]).text
    assert found.count('value="1005"') == 1
    assert 'value="1006"' in found
    assert "1007" not in found

    preview = post(holder, "preview", listings=["1005", "1006"])
    assert "What the seller will see" in preview.text
    assert not Notice.objects.exists()
    filed = post(holder, "file", listings=["1005", "1006"])
    notice = Notice.objects.get()
    assert filed["Location"] == f"/rights/notices/{notice.reference}"
    assert (notice.items.count(), notice.notifier_type, notice.right.number) == (
        2,
        "RIGHTS_HOLDER",
        "40-1234567",
    )


def test_the_preview_carries_everything_that_filing_needs(holder):
    make.offer()
    preview = post(holder, "preview").text
    for field in ("right", "reason", "explanation", "good_faith"):
        assert f'name="{field}"' in preview


def test_the_preview_names_neither_the_holder_nor_the_person_nor_the_right(holder):
    make.offer()
    seen = post(holder, "preview").text.partition("What the seller will see")[2].partition("</section>")[0]
    assert "trademark" in seen
    for secret in ("Haneul Mills", "Park Sora", "legal@haneul", "40-1234567", "HANEUL"):
        assert secret not in seen


@pytest.mark.parametrize(
    ("also", "words"),
    [
        ({"good_faith": ""}, "Confirm in good faith"),
        ({"explanation": "Fake."}, "In at least 30 characters, explain"),
        ({"listings": []}, "Choose at least one listing"),
        ({"right": ""}, "This field is required"),
        ({"right": "999999"}, "not one of the available choices"),
        ({"reason": "ENVY"}, "not one of the available choices"),
        ({"pasted": "nonsense"}, "No listing found for “nonsense”"),
    ],
    ids=str,
)
def test_an_incomplete_notice_is_not_filed_and_says_how_to_mend_it(holder, also, words):
    make.offer()
    for step in ("preview", "file"):
        answer = post(holder, step, **also)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert not Notice.objects.exists()


def test_another_holders_right_cannot_be_used(holder):
    make.offer()
    other = make.ip_right(make.rights_holder("Other House"), number="40-7654321")
    assert post(holder, "file", right=other.pk).status_code == 422


def test_links_and_numbers_may_be_pasted(holder):
    make.offers(3)
    page = post(holder, "add", listings=[], pasted="b-0\nhttps://market.example/item/b-1\r\nnonsense").text
    assert "2 listings selected" in page
    assert "No listing found for “nonsense”" in page


def test_more_than_three_hundred_listings_are_too_many(holder):
    listings = [listing.external_id for listing in make.offers(301)]
    answer = post(holder, "file", listings=listings)
    assert (answer.status_code, "up to 300 listings" in answer.text) == (422, True)
    assert not Notice.objects.exists()


def test_the_list_costs_the_same_for_one_notice_and_for_many(holder, django_assert_max_num_queries):
    user = make.holder_person()
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    for listing in make.offers(35):
        make.notice(listing, by=by, right_kind="TRADEMARK", explanation=WORDS, good_faith=True)
    holder.get("/rights/notices/")
    with django_assert_max_num_queries(10):
        page = holder.get("/rights/notices/")
    assert page.text.count("<tr data-row>") == 30
    rest = holder.get("/rights/notices/", {"after": page.context["page"].next})
    assert rest.text.count("<tr data-row>") == 5


@pytest.mark.parametrize("token", ["x", "bnVsbA", "WyJhIl0", "WzFlOTk5XQ", "W10"])
def test_a_broken_page_token_is_no_error(holder, token):
    mine(holder)
    assert holder.get("/rights/notices/", {"after": token}).status_code == 200


def test_a_notice_is_withdrawn_once(holder):
    notice = mine(holder)
    address = f"/rights/notices/{notice.reference}/withdrawals"
    assert holder.post(address).status_code == 302
    again = holder.post(address)
    assert (again.status_code, "closed" in again.text) == (409, True)
    notice.refresh_from_db()
    assert notice.state == Notice.State.WITHDRAWN


def test_another_holder_sees_none_of_it(holder, browser_of):
    notice = mine(holder)
    other = browser_of(make.holder_person("Other House", "other@house.example"))
    assert other.get(f"/rights/notices/{notice.reference}").status_code == 404
    assert other.post(f"/rights/notices/{notice.reference}/withdrawals").status_code == 404
    assert notice.reference not in other.get("/rights/notices/").text
    assert (
        notice.reference not in b"".join(other.get("/rights/notices/export.csv").streaming_content).decode()
    )


def test_the_export_is_no_spreadsheet_attack(holder):
    listing = make.offer(title=HOSTILE)
    user = make.holder_person()
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    make.notice(listing, by=by, right_kind="TRADEMARK", explanation=WORDS, good_faith=True)
    answer = holder.get("/rights/notices/export.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, row = csv.reader(StringIO(text))
    assert head[0] == "tracking_number"
    assert row[5] == f"'{HOSTILE}"
    assert "attachment" in answer["Content-Disposition"]


def test_hostile_words_stay_words(holder):
    make.offer(title=HOSTILE)
    for step in ("search", "preview", "file"):
        answer = post(holder, step, q="cmd", explanation=f"{WORDS} {HOSTILE}")
        page = holder.get(answer["Location"]) if answer.status_code == 302 else answer
        assert "<script>alert" not in page.text
