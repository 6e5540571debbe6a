"""Letters that rest on others, and what time does to them."""

import threading
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from klean.core.events.models import Event
from klean.core.operations.due_work import until_quiet
from klean.core.rows.refusals import IllegalStep, Refused
from sellers.actions.clock import expire_due_authorisations
from sellers.actions.reviews import (
    approve_authorisation,
    reject_authorisation,
    request_info,
    review_authorisation,
    revoke_authorisation,
)
from sellers.actions.submissions import submit_authorisation
from sellers.models import BrandAuthorisation
from sellers.queries.checks import checks_of
from sellers.queries.shops import authorised_brands
from sellers.rules.nesting import Grant, faults
from sellers.rules.territories import territory_of
from sellers.tasks import expire_due_authorisations as task
from tests import make
from tests.fixtures import NOON, TESTER

State = BrandAuthorisation.State
TODAY = date(2026, 3, 2)


def grant(**also):
    fields = {
        "brand_id": 1,
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
        "territory": ["KR"],
    }
    return Grant(**fields | also)


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ({}, None, []),
        ({}, {}, []),
        ({"valid_until": TODAY}, None, []),
        ({"valid_until": date(2026, 3, 1)}, None, ["already_over"]),
        ({"valid_from": date(2027, 1, 1)}, None, ["dates_reversed"]),
        ({"territory": []}, None, ["no_territory"]),
        ({"depth": 3}, {}, []),
        ({"depth": 4}, {}, ["too_deep"]),
        ({"brand_id": 2}, {}, ["other_brand"]),
        ({"valid_from": date(2025, 12, 31)}, {}, ["dates_outside"]),
        ({"valid_until": date(2027, 1, 1)}, {}, ["dates_outside"]),
        ({"territory": ["JP"]}, {}, ["territory_outside"]),
        ({"territory": ["WORLD"]}, {}, ["territory_outside"]),
        ({"territory": ["JP", "KR"]}, {"territory": ["WORLD"]}, []),
    ],
)
def test_a_letter_nests_in_the_one_it_rests_on(child, parent, expected):
    above = None if parent is None else grant(**parent)
    assert faults(grant(**child), above, on=TODAY, max_depth=3) == expected


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("KR", ("KR",)),
        ("kr|jp", ("JP", "KR")),
        ("KR, KR; JP", ("JP", "KR")),
        ("대한민국", ("KR",)),
        ("전세계", ("WORLD",)),
        ("KR world", ("WORLD",)),
        ("XX", None),
        ("Korea, somewhere", None),
        ("", ()),
    ],
)
def test_a_territory_is_read_as_country_codes(text, territory):
    assert territory_of(text) == territory


@pytest.fixture
def brand(policy):
    return make.brand()


@pytest.fixture
def chain(brand):
    """Three letters in force: importer, wholesaler, shop."""
    importer = make.authorisation(make.seller("importer"), brand)
    wholesaler = make.authorisation(make.seller("wholesaler"), brand, parent=importer)
    return [importer, wholesaler, make.authorisation(make.seller("shop"), brand, parent=wholesaler)]


def states(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_a_chain_has_an_end(chain, brand):
    with pytest.raises(Refused, match="Too many letters"):
        make.submission(make.seller("fourth"), brand, parent=chain[-1])
    assert BrandAuthorisation.objects.count() == 3


def test_revoking_the_first_suspends_all_below(chain):
    revoke_authorisation(chain[0], reasons="The contract ended.", at=NOON, actor=TESTER)

    assert states(*chain) == [State.REVOKED, State.SUSPENDED, State.SUSPENDED]
    sellers = [row.seller_id for row in chain]
    assert authorised_brands(sellers, on=TODAY) == {seller: set() for seller in sellers}
    assert Event.objects.filter(name="sellers.authorisation.suspended").count() == 2


def test_what_rests_on_a_fallen_letter_is_not_approved(chain, brand):
    waiting = make.submission(make.seller("late"), brand, parent=chain[0])
    review_authorisation(waiting, at=NOON, actor=TESTER)
    revoke_authorisation(chain[0], reasons="Ended.", at=NOON, actor=TESTER)

    with pytest.raises(Refused, match="not in force"):
        approve_authorisation(waiting, at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="not in force"):
        approve_authorisation(chain[1], at=NOON, actor=TESTER)

    assert states(waiting, chain[1]) == [State.IN_REVIEW, State.SUSPENDED]


def test_a_renewal_takes_the_place_of_the_old_letter_and_keeps_what_rests_on_it(chain, brand):
    renewed = make.authorisation(
        chain[0].seller, brand, valid_until=date(2027, 12, 31), territory=["JP", "KR"]
    )

    assert states(renewed, *chain) == [State.APPROVED, State.SUPERSEDED, State.APPROVED, State.APPROVED]
    assert chain[1].parent == renewed


def test_a_letter_for_less_does_not_end_the_one_for_more(brand):
    wide = make.authorisation(make.seller(), brand, territory=["JP", "KR"])
    narrow = make.authorisation(wide.seller, brand, valid_until=date(2027, 12, 31))

    assert states(wide, narrow) == [State.APPROVED, State.APPROVED]


@pytest.mark.parametrize(
    ("on", "may"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_both_first_and_last_day_count(brand, on, may):
    letter = make.authorisation(make.seller(), brand)
    assert authorised_brands([letter.seller_id], on=on)[letter.seller_id] == ({brand.pk} if may else set())


def test_a_letter_for_japan_sells_nothing_in_korea(brand, django_assert_num_queries):
    japan = make.authorisation(make.seller("jp"), brand, territory=["JP"])
    world = make.authorisation(make.seller("world"), brand, territory=["WORLD"])

    with django_assert_num_queries(1):
        found = authorised_brands([japan.seller_id, world.seller_id, 999], on=TODAY)

    assert found == {japan.seller_id: set(), world.seller_id: {brand.pk}, 999: set()}


def run_clock(day):
    return until_quiet(
        partial(expire_due_authorisations, actor=TESTER),
        now=lambda: datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
    )


def test_time_warns_and_then_ends_a_letter_and_what_rests_on_it(chain):
    parent, child = chain[0], chain[1]
    BrandAuthorisation.objects.filter(pk__in=[row.pk for row in chain[1:]]).update(
        valid_until=date(2027, 6, 1)
    )

    assert run_clock(date(2026, 12, 1)) == 0
    assert run_clock(date(2026, 12, 2)) == 1
    assert states(parent) == [State.EXPIRING]
    assert authorised_brands([parent.seller_id], on=date(2026, 12, 31))[parent.seller_id]
    assert run_clock(date(2026, 12, 24)) == 0
    assert run_clock(date(2026, 12, 25)) == 1
    assert run_clock(date(2026, 12, 31)) == 1
    assert run_clock(date(2026, 12, 31)) == 0
    warned = Event.objects.filter(name="sellers.authorisation.expiry_announced").order_by("id")
    assert [event.data["days"] for event in warned] == [30, 7, 1]
    assert run_clock(date(2027, 1, 1)) == 1
    assert states(parent, child, chain[2]) == [State.EXPIRED, State.SUSPENDED, State.SUSPENDED]


def test_an_unanswered_question_withdraws_the_letter(brand):
    asked = review_authorisation(make.submission(of=brand), at=NOON, actor=TESTER)
    request_info(asked, reasons="Page 2?", at=NOON, actor=TESTER)

    assert (
        until_quiet(
            partial(expire_due_authorisations, actor=TESTER),
            now=lambda: NOON + timedelta(days=14, seconds=-1),
        )
        == 0
    )
    assert (
        until_quiet(partial(expire_due_authorisations, actor=TESTER), now=lambda: NOON + timedelta(days=14))
        == 1
    )
    assert states(asked) == [State.WITHDRAWN]


def test_the_task_goes_on_until_nothing_is_due(brand):
    letter = make.authorisation(make.seller(), brand)
    BrandAuthorisation.objects.filter(pk=letter.pk).update(valid_until=date(2026, 1, 31))
    task()
    assert states(letter) == [State.EXPIRED]


def test_a_reviewer_sees_what_was_checked(brand):
    bare = {str(check.words): check.is_met for check in checks_of(make.submission(of=brand), at=NOON)}
    holder = make.rights_holder()
    make.live_right(holder)
    owned = make.brand("Baram", holder=holder)
    shop = make.seller("s-200", business_registration_number="1168200276")
    whole = {str(check.words): check.is_met for check in checks_of(make.submission(shop, owned), at=NOON)}

    assert {words for words, is_met in bare.items() if is_met is False} == {
        "The brand has a rights holder here",
        "The rights holder was verified",
        "A right behind this brand is in force in the register",
        "The seller's business registration number is known",
    }
    assert [words for words, is_met in whole.items() if is_met is False] == [
        "The document's text names the brand",
        "No other seller has sent this document or one like it",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_letter_submitted_twice_at_once_is_filed_once(brand):
    shop = make.seller()
    ready, answers = threading.Barrier(5), []

    def work():
        ready.wait()
        try:
            submit_authorisation(shop, brand, make.letter(), document=make.LETTER, at=NOON, actor=TESTER)
            answers.append("filed")
        except Refused:
            answers.append("refused")
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["filed", *["refused"] * 4]


@pytest.mark.django_db(transaction=True)
def test_approving_and_rejecting_at_once_decides_once(brand):
    asked = review_authorisation(make.ticked(make.submission(of=brand)), at=NOON, actor=TESTER)
    ready, answers = threading.Barrier(2), []

    def work(to):
        mine = BrandAuthorisation.objects.get(pk=asked.pk)
        ready.wait()
        try:
            answers.append(to(mine, reasons="So it is.", at=NOON, actor=TESTER).state)
        except IllegalStep:
            answers.append("refused")
        connection.close()

    threads = [
        threading.Thread(target=work, args=[to]) for to in (approve_authorisation, reject_authorisation)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count("refused") == 1
    asked.refresh_from_db()
    assert asked.state in answers
