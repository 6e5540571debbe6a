"""A link of a chain that falls takes down what rests on it, at once; what is put right comes back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from brands.actions.register import check_due_rights, take_snapshot
from brands.models import IPRight, RegisterRecord
from klean.core.events.models import Event
from klean.core.operations.due_work import until_quiet
from klean.core.rows.refusals import Refused
from listings.actions.screenings import screen_due_listings
from sellers.actions.chains import confirm_authorisation, contest_authorisation, weigh_rights_behind
from sellers.actions.reviews import (
    approve_authorisation,
    review_authorisation,
    revoke_authorisation,
)
from sellers.models import BrandAuthorisation
from sellers.queries.checks import ground_faults_of
from sellers.rules.nesting import Grant, Ground, faults, ground_faults
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
State, Cause = BrandAuthorisation.State, BrandAuthorisation.Cause


def grant(**also):
    dates = {"valid_from": NOON.date(), "valid_until": NOON.date() + timedelta(days=90)}
    return Grant(**{"brand_id": 1, "territory": ["KR"], **dates} | also)


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ({"nice_classes": [18]}, {"nice_classes": [18, 25]}, []),
        ({"nice_classes": [18, 3]}, {"nice_classes": [18, 25]}, ["classes_outside"]),
        ({"nice_classes": []}, {"nice_classes": [18]}, ["classes_outside"]),
        ({"nice_classes": [18]}, {"nice_classes": []}, []),
        ({"channels": ["LIVE"]}, {"channels": ["LIVE", "STORE"]}, []),
        ({"channels": ["MARKETPLACE"]}, {"channels": ["STORE"]}, ["channels_outside"]),
        ({"channels": []}, {"channels": ["STORE"]}, ["channels_outside"]),
        ({"seller_id": 7, "sellers_above": [3, 4]}, {}, []),
        ({"seller_id": 7, "sellers_above": [3, 7]}, {}, ["circular"]),
        ({"grantee": "moonlight", "names": ["moonlight", "달빛"]}, {}, []),
        ({"grantee": "starlight", "names": ["moonlight", "달빛"]}, {}, ["grantee_other"]),
    ],
)
def test_classes_channels_and_sellers_nest(child, parent, expected):
    assert faults(grant(**child), grant(**parent), on=NOON.date(), max_depth=3) == expected


WHOLE = {"has_owner": True, "is_verified": True, "has_live_right": True, "nice_classes": [18, 25]}


@pytest.mark.parametrize(
    ("child", "ground", "expected"),
    [
        ({}, {}, []),
        ({"nice_classes": [25]}, {}, []),
        ({"nice_classes": [3]}, {}, ["classes_beyond_right"]),
        ({"nice_classes": [3]}, {"nice_classes": []}, []),
        ({}, {"is_verified": False}, ["owner_unverified"]),
        ({}, {"has_live_right": False}, ["no_live_right"]),
        ({}, {"has_owner": False}, ["no_owner"]),
        ({"grantor": "haneul"}, {"grantors": ["haneul", "agent"]}, []),
        ({"grantor": "agent"}, {"grantors": ["haneul", "agent"]}, []),
        ({"grantor": "somebody"}, {"grantors": ["haneul"]}, ["grantor_other"]),
    ],
)
def test_a_chain_stands_on_a_verified_owner_with_a_live_right(child, ground, expected):
    assert ground_faults(grant(**child), Ground(**WHOLE | ground)) == expected


@pytest.fixture
def chain():
    """Three letters, each resting on the one before."""
    brand, found = make.brand(), []
    for number in range(3):
        shop = make.seller(f"s-{number}", f"Shop {number}")
        found.append(make.authorisation(shop, brand, parent=found[-1] if found else None))
    return found


def states(*letters):
    return [BrandAuthorisation.objects.get(pk=letter.pk).state for letter in letters]


def count_facts(name):
    return Event.objects.filter(name=f"sellers.authorisation.{name}").count()


def test_a_letter_never_comes_back_to_a_seller_of_its_chain(chain):
    with pytest.raises(Refused, match="comes back") as refusal:
        make.submission(chain[0].seller, chain[0].brand, parent=chain[1])

    assert refusal.value.code == "circular"
    assert BrandAuthorisation.objects.count() == 3


def test_a_right_that_falls_takes_the_chain_down_and_brings_it_back(chain, deliver_events):
    fall = RegisterRecord(number="40-7654321", owner="Haneul Mills", status="LAPSED", taken_on=NOON.date())
    take_snapshot([fall], at=NOON, actor=TESTER)
    check_due_rights(at=NOON)
    deliver_events()
    assert states(*chain) == [State.SUSPENDED] * 3
    assert [letter.suspended_for for letter in BrandAuthorisation.objects.all()] == [
        Cause.RIGHT,
        Cause.PARENT,
        Cause.PARENT,
    ]

    fall.status = "LIVE"
    take_snapshot([fall], at=NOON, actor=TESTER)
    check_due_rights(at=NOON)
    deliver_events()
    assert states(*chain) == [State.APPROVED] * 3
    assert (count_facts("suspended"), count_facts("restored")) == (3, 3)


def test_a_second_right_keeps_the_chain_up(chain, deliver_events):
    make.live_right(chain[0].brand.rights_holder, "40-1111111")
    fall = RegisterRecord(number="40-7654321", owner="Haneul Mills", status="LAPSED", taken_on=NOON.date())
    take_snapshot([fall], at=NOON, actor=TESTER)
    check_due_rights(at=NOON)
    deliver_events()

    assert IPRight.objects.filter(standing="LAPSED").count() == 1
    assert states(*chain) == [State.APPROVED] * 3


def test_a_contested_letter_is_suspended_with_its_chain_until_it_is_confirmed(chain):
    contest_authorisation(chain[0], at=NOON, actor=TESTER)
    assert states(*chain) == [State.SUSPENDED] * 3
    with pytest.raises(Refused, match="already said so"):
        contest_authorisation(chain[0], at=NOON, actor=TESTER)

    confirm_authorisation(chain[0], at=NOON, actor=TESTER)
    assert states(*chain) == [State.APPROVED] * 3


def test_what_was_suspended_for_its_parent_does_not_come_back_by_a_confirmation(chain):
    revoke_authorisation(chain[0], reasons="Forged.", at=NOON, actor=TESTER)
    confirm_authorisation(chain[1], at=NOON, actor=TESTER)

    assert states(*chain) == [State.REVOKED, State.SUSPENDED, State.SUSPENDED]
    with pytest.raises(Refused, match="no longer in force"):
        confirm_authorisation(chain[0], at=NOON, actor=TESTER)


def test_a_contested_letter_is_not_granted():
    asked = review_authorisation(make.ticked(make.submission()), at=NOON, actor=TESTER)
    contest_authorisation(asked, at=NOON, actor=TESTER)
    asked.refresh_from_db()

    assert ground_faults_of(asked, at=NOON) == ["contested"]
    with pytest.raises(Refused, match="not its own"):
        approve_authorisation(asked, at=NOON, actor=TESTER)
    assert states(asked) == [State.IN_REVIEW]


def test_what_was_sold_under_a_fallen_letter_is_screened_again_and_held(deliver_events):
    brand = make.brand(protection="GATED")
    letter = make.authorisation(make.seller(), brand)
    listing = make.listing(by=letter.seller, title="Haneul leather tote bag")
    assert listing.state == "LIVE"

    revoke_authorisation(letter, reasons="Ended early.", at=NOON, actor=TESTER)
    deliver_events()
    make.known()
    until_quiet(screen_due_listings)

    listing.refresh_from_db()
    assert listing.state == "HELD"


def at_once(actions):
    ready = threading.Barrier(len(actions))

    def work(action):
        ready.wait()
        try:
            action()
        except Refused:
            pass
        connection.close()

    threads = [threading.Thread(target=work, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_grant_and_the_fall_of_its_right_at_once_never_leave_a_letter_in_the_air(policy):
    brand = make.grounded(make.brand())
    waiting = [
        review_authorisation(
            make.ticked(make.submission(make.seller(f"w-{n}"), brand)), at=NOON, actor=TESTER
        )
        for n in range(4)
    ]
    fall = RegisterRecord(number="40-7654321", owner="Haneul Mills", status="LAPSED", taken_on=NOON.date())
    take_snapshot([fall], at=NOON, actor=TESTER)

    def the_right_falls():
        check_due_rights(at=NOON)
        weigh_rights_behind([brand.pk], at=NOON, actor=TESTER)

    grants = [
        lambda letter=letter: approve_authorisation(letter, at=NOON, actor=TESTER) for letter in waiting
    ]
    at_once([*grants, the_right_falls])

    assert set(states(*waiting)) <= {State.SUSPENDED, State.IN_REVIEW}
    assert IPRight.objects.get().standing == "LAPSED"


@pytest.mark.django_db(transaction=True)
def test_a_grant_and_the_fall_of_its_parent_at_once_never_leave_a_letter_in_the_air(chain):
    """However they interleave, nothing below a revoked letter is in force afterwards."""
    brand, parent = chain[0].brand, chain[0]
    waiting = [
        review_authorisation(
            make.ticked(make.submission(make.seller(f"w-{n}", f"Waiting {n}"), brand, parent=parent)),
            at=NOON,
            actor=TESTER,
        )
        for n in range(4)
    ]
    grants = [
        lambda letter=letter: approve_authorisation(letter, at=NOON, actor=TESTER) for letter in waiting
    ]
    fall = [lambda: revoke_authorisation(parent, reasons="Ended.", at=NOON, actor=TESTER)]
    at_once(grants + fall)

    assert states(*chain) == [State.REVOKED, State.SUSPENDED, State.SUSPENDED]
    assert set(states(*waiting)) <= {State.SUSPENDED, State.IN_REVIEW}
    assert not BrandAuthorisation.objects.filter(state__in=BrandAuthorisation.IN_FORCE).exists()


@pytest.mark.parametrize(
    ("above", "grantor", "expected"),
    [
        (False, "Haneul Mills Co., Ltd.", []),
        (False, "Shop 0", ["grantor_other"]),
        (False, "", []),
        (True, "Shop 0", []),
        (True, "주식회사 Shop 0", []),
        (True, "Haneul Mills", ["grantor_other"]),
        (True, "Shop 1", ["grantor_other"]),
    ],
)
def test_the_grantor_owns_the_right_or_holds_the_letter_above(above, grantor, expected):
    brand = make.brand()
    parent = make.authorisation(make.seller("s-0", "Shop 0"), brand)
    shop = make.seller("s-1", "Shop 1")
    asked = make.submission(shop, brand, parent=parent if above else None, grantor=grantor)

    assert ground_faults_of(asked, at=NOON) == expected
    review_authorisation(asked, at=NOON, actor=TESTER)
    if expected:
        with pytest.raises(Refused, match="signed by neither"):
            approve_authorisation(make.ticked(asked), at=NOON, actor=TESTER)
        assert states(asked) == [State.IN_REVIEW]
