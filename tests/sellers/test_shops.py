import threading
import time
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from klean.core.access.models import Organisation
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from sellers.actions.shops import (
    NewSeller,
    link_sellers,
    lock_seller,
    register_sellers,
    set_standing,
)
from sellers.models import Seller, TraderEntity
from tests import make
from tests.fixtures import NOON, TESTER

Standing = Seller.Standing
pytestmark = pytest.mark.usefixtures("policy")


def register(*rows):
    return register_sellers(rows, at=NOON, actor=TESTER)


@pytest.mark.django_db
def test_shops_with_one_business_registration_number_share_their_trader():
    row = NewSeller(
        external_id="s-1", name="Moonlight", business_registration_number="1168200276", country="KR"
    )
    done = register(
        row, NewSeller(external_id="s-2", name="Moonlight Two", business_registration_number="1168200276")
    )

    assert (done.new, done.changed, done.same) == (2, 0, 0)
    assert TraderEntity.objects.get().name == "Moonlight"
    assert {seller.trader_entity for seller in Seller.objects.all()} == {TraderEntity.objects.get()}
    assert register(row).same == 1
    assert Event.objects.filter(name__startswith="sellers.").count() == 2


@pytest.mark.django_db
def test_what_a_source_does_not_speak_of_stays():
    joined = datetime(2024, 5, 1, tzinfo=UTC)
    register(
        NewSeller(
            external_id="s-1", name="Moonlight", business_registration_number="1168200276", joined_at=joined
        )
    )
    set_standing(Seller.objects.get(), Standing.SUSPENDED, at=timezone.now(), actor=TESTER)

    assert register(NewSeller(external_id="s-1", name="Moonlight Seoul")).changed == 1

    seller = Seller.objects.get()
    assert (seller.name, seller.joined_at, seller.standing) == ("Moonlight Seoul", joined, Standing.SUSPENDED)
    assert seller.trader_entity
    assert Event.objects.get(name="sellers.seller.changed").data["fields"] == ["name"]


@pytest.mark.django_db
@pytest.mark.parametrize("standing", list(Standing))
def test_only_a_shop_in_good_enough_standing_may_list(standing):
    assert Seller(standing=standing).may_list == (standing in {"ACTIVE", "WARNED"})


@pytest.mark.django_db
def test_the_same_standing_says_nothing():
    seller = make.seller()

    assert set_standing(seller, Standing.WARNED, at=timezone.now(), actor=TESTER)
    assert not set_standing(seller, Standing.WARNED, at=timezone.now(), actor=TESTER)

    assert seller.standing == Seller.objects.get().standing == Standing.WARNED
    assert Event.objects.get(name="sellers.standing.changed").data == {
        "seller": "s-100",
        "seller_id": seller.pk,
        "before": "ACTIVE",
        "after": "WARNED",
    }


@pytest.mark.django_db
def test_a_shop_belongs_to_one_organisation():
    make.seller(organisation="Moonlight Ltd.")
    rival = Organisation.objects.create(name="Rival Ltd.", kind="SELLER")

    with pytest.raises(Refused, match="already belongs"):
        link_sellers(rival, ["s-100"], at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="No seller is registered as s-999"):
        link_sellers(rival, ["s-999"], at=NOON, actor=TESTER)

    assert Seller.objects.get().organisation.name == "Moonlight Ltd."


@pytest.mark.django_db(transaction=True)
def test_a_held_seller_waits_for_nobody_but_makes_others_wait():
    seller = make.seller()
    order, lock_taken = [], threading.Event()

    def first():
        with transaction.atomic():
            lock_seller(seller.pk)
            lock_taken.set()
            time.sleep(0.3)
            order.append("first")
        connection.close()

    def second():
        lock_taken.wait()
        set_standing(Seller.objects.get(pk=seller.pk), Standing.WARNED, at=timezone.now(), actor=TESTER)
        order.append("second")
        connection.close()

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert order == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_ten_who_set_the_same_standing_at_once_record_it_once():
    seller = make.seller()
    ready, answers = threading.Barrier(10), []

    def work():
        mine = Seller.objects.get(pk=seller.pk)
        ready.wait()
        answers.append(set_standing(mine, Standing.SUSPENDED, at=timezone.now(), actor=TESTER))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 9 + [True]
    assert Event.objects.filter(name="sellers.standing.changed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_shops_at_once_register_each_once():
    rows = [
        NewSeller(external_id=f"s-{n}", name="Moonlight", business_registration_number="1168200276")
        for n in range(50)
    ]
    ready, answers = threading.Barrier(4), []

    def work():
        ready.wait()
        answers.append(register_sellers(rows, at=NOON, actor=TESTER))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done.new for done in answers) == [0, 0, 0, 50]
    assert Seller.objects.count() == Event.objects.filter(name__startswith="sellers.").count() == 50
    assert TraderEntity.objects.count() == 1


def test_a_command_links_shops_to_their_organisation(capsys):
    make.seller()
    call_command("link_sellers", "Moonlight Ltd.", "s-100")
    assert "acts for 1 shops" in capsys.readouterr().out
    assert Seller.objects.get().organisation.name == "Moonlight Ltd."

    with pytest.raises(CommandError, match="No seller is registered as s-9"):
        call_command("link_sellers", "Nightfall Ltd.", "s-9")
    assert Organisation.objects.count() == 1
