from datetime import UTC, date, datetime

import pytest

from klean.core.events.models import Event
from klean.core.files.models import StoredFile
from klean.core.rows.refusals import IllegalStep, Refused
from sellers.actions import reviews, shops, submissions
from sellers.models import BrandAuthorisation, Seller
from sellers.queries.shops import authorised_brands
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
State = BrandAuthorisation.State
TODAY = date(2026, 3, 2)


def recorded_facts():
    names = (
        Event.objects.filter(name__startswith="sellers.authorisation.")
        .order_by("id")
        .values_list("name", flat=True)
    )
    return [name.rpartition(".")[2] for name in names]


def test_a_letter_goes_from_submission_to_force_and_is_told():
    asked = make.submission()
    assert not authorised_brands([asked.seller_id], on=TODAY)[asked.seller_id]

    reviews.review_authorisation(make.ticked(asked), at=NOON, actor=TESTER)
    granted = reviews.approve_authorisation(asked, at=NOON, actor=TESTER)

    assert granted.state == State.APPROVED
    assert (granted.decided_by, granted.decided_at) == (str(TESTER), NOON)
    assert authorised_brands([asked.seller_id], on=TODAY) == {asked.seller_id: {asked.brand_id}}
    assert recorded_facts() == ["submitted", "review_started", "approved"]
    assert Event.objects.filter(name__endswith=".approved").get().data == {
        "authorisation_id": asked.pk,
        "seller": "s-100",
        "seller_id": asked.seller_id,
        "brand": "Haneul",
        "brand_id": asked.brand_id,
    }


def test_nobody_decides_what_they_filed_themselves():
    asked = reviews.review_authorisation(make.submission(), at=NOON, actor=TESTER)

    for decide in (reviews.approve_authorisation, reviews.reject_authorisation, reviews.reject_as_forged):
        with pytest.raises(Refused, match="yourself"):
            decide(asked, reasons="Fine.", at=NOON, actor=make.FILER)

    assert BrandAuthorisation.objects.get().state == State.IN_REVIEW
    assert recorded_facts() == ["submitted", "review_started"]


@pytest.mark.parametrize(
    ("also", "code"),
    [
        ({"valid_from": date(2026, 5, 1), "valid_until": date(2026, 4, 1)}, "dates_reversed"),
        ({"valid_from": date(2025, 1, 1), "valid_until": date(2026, 3, 1)}, "already_over"),
        ({"territory": []}, "no_territory"),
        ({"document": b"MZ\x90\x00 a program"}, "file_type"),
        ({"document": b""}, "file_type"),
        ({"document": b"%PDF-" + b"x" * (10 * 1024 * 1024)}, "file_too_large"),
    ],
)
def test_a_letter_that_cannot_be_right_is_refused_and_nothing_is_kept(also, code):
    with pytest.raises(Refused) as refusal:
        make.submission(**also)

    assert refusal.value.code == code
    assert not BrandAuthorisation.objects.exists()
    assert not StoredFile.objects.exists()
    assert recorded_facts() == []


def test_a_letter_may_be_submitted_on_its_last_day():
    assert make.submission(valid_until=TODAY).state == State.SUBMITTED


def test_a_seller_has_one_open_letter_for_a_brand():
    make.submission()

    with pytest.raises(Refused, match="already being reviewed"):
        make.submission()

    assert BrandAuthorisation.objects.count() == 1
    assert recorded_facts() == ["submitted"]


def test_a_closed_shop_submits_nothing():
    shop = make.seller()
    shops.set_standing(shop, Seller.Standing.CLOSED, at=NOON, actor=TESTER)

    with pytest.raises(Refused, match="closed"):
        make.submission(shop)

    assert not BrandAuthorisation.objects.exists()


@pytest.mark.parametrize(
    "decide", [reviews.reject_authorisation, reviews.reject_as_forged, reviews.request_info]
)
def test_a_no_needs_reasons(decide):
    asked = reviews.review_authorisation(make.submission(), at=NOON, actor=TESTER)

    with pytest.raises(Refused, match="Say why"):
        decide(asked, reasons="  ", at=NOON, actor=TESTER)

    assert BrandAuthorisation.objects.get().state == State.IN_REVIEW


def test_a_forged_letter_is_told_as_such():
    asked = reviews.review_authorisation(make.submission(), at=NOON, actor=TESTER)

    reviews.reject_as_forged(asked, reasons="The seal is a copy.", at=NOON, actor=TESTER)

    assert BrandAuthorisation.objects.get().state == State.REJECTED_FORGED
    assert recorded_facts() == ["submitted", "review_started", "found_forged"]


def test_the_seller_is_asked_and_answers_with_another_document():
    asked = reviews.review_authorisation(make.submission(), at=NOON, actor=TESTER)
    asked = reviews.request_info(asked, reasons="Page 2 is missing.", at=NOON, actor=TESTER)
    assert asked.answer_due_at == datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
    first = asked.document

    answered = submissions.give_info(
        asked, note="Here it is.", document=make.LETTER + b"2", at=NOON, actor=make.FILER
    )

    assert answered.state == State.IN_REVIEW
    assert answered.answer_due_at is None
    assert answered.document != first
    assert recorded_facts()[-2:] == ["info_requested", "info_provided"]


def test_a_rejected_seller_may_submit_again():
    asked = reviews.review_authorisation(make.submission(), at=NOON, actor=TESTER)
    reviews.reject_authorisation(asked, reasons="Another company's letter.", at=NOON, actor=TESTER)

    assert make.submission(asked.seller, asked.brand).state == State.SUBMITTED


STATES = list(State)


@pytest.mark.parametrize("state", STATES)
def test_every_action_steps_only_where_the_table_allows(state):
    row = make.authorisation()
    moves = {
        State.IN_REVIEW: lambda: reviews.review_authorisation(row, at=NOON, actor=TESTER),
        State.APPROVED: lambda: reviews.approve_authorisation(row, at=NOON, actor=TESTER),
        State.REJECTED: lambda: reviews.reject_authorisation(row, reasons="No.", at=NOON, actor=TESTER),
        State.REJECTED_FORGED: lambda: reviews.reject_as_forged(row, reasons="No.", at=NOON, actor=TESTER),
        State.INFO_REQUESTED: lambda: reviews.request_info(row, reasons="What?", at=NOON, actor=TESTER),
        State.WITHDRAWN: lambda: submissions.withdraw_authorisation(row, at=NOON, actor=make.FILER),
        State.REVOKED: lambda: reviews.revoke_authorisation(row, reasons="Ended.", at=NOON, actor=TESTER),
    }
    for to, move in moves.items():
        BrandAuthorisation.objects.filter(pk=row.pk).update(state=state)
        events = Event.objects.count()
        if to in BrandAuthorisation.STEPS[state]:
            assert move().state == to
            assert Event.objects.count() == events + 1
        else:
            with pytest.raises(IllegalStep):
                move()
            assert BrandAuthorisation.objects.get(pk=row.pk).state == state
            assert Event.objects.count() == events


def test_every_state_has_its_steps():
    assert set(BrandAuthorisation.STEPS) == set(State)
    assert set().union(*BrandAuthorisation.STEPS.values()) <= set(State)
