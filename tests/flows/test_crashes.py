"""A worker killed, the broker emptied, the database struck down: nothing is lost, and nothing happens twice."""

import json
import socket
import subprocess
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil
import psycopg2
import pytest

from demo.drawing import jpeg_of, photograph
from demo.drawing.goods import METALS, Design
from demo.drawing.photos import Photo
from klean.launch.postgres import DATABASE, USER, Postgres
from klean.launch.state import State
from klean.launch.valkey import Valkey
from refunds.gateways.fake_marketplace.server import FakeMarketplace
from tests.launch.test_supervisor import Installation, await_that
from tests.stories import Gallery, running_gallery

COUNT, REPORTED_COUNT = 1000, 20
# What is leased or put off falls due again: ten minutes pass.
TIMED = ("listings_screening", "core_outbox", "refunds_refundclaim", "refunds_refundpayment", "core_mail")
SEED = """
from django.utils import timezone
from brands.actions.catalogue import NewBrand, register_brands
from klean.core.events.actors import Actor
from klean.core.access.actions import issue_key
from klean.core.access.scopes import all_scopes
from klean.core.access.models import Organisation
from sellers.actions.shops import NewSeller, register_sellers
at, seed = timezone.now(), Actor("system", "seed")
market = Organisation.objects.create(name="Hanbit Market", kind="MARKETPLACE")
register_brands([NewBrand(name="Maroen", korean_name="마로엔", protection="GATED")], at=at, actor=seed)
register_sellers([NewSeller(external_id=f"s-{n}", name=f"Shop {n}") for n in range(10)], at=at, actor=seed)
print("KEY", issue_key(market, "crashes", all_scopes(), at=at, actor=seed)[1])
"""


class Town:
    """An installation with its marketplace, its shops' pictures, and a key to its API."""

    def __init__(self, installation: Installation, market: FakeMarketplace, gallery: Gallery) -> None:
        self.installation, self.market, self.gallery = installation, market, gallery
        state = State(installation.folder)
        self.postgres, self.valkey = Postgres(state), Valkey(state)
        self.key = ""

    def seed(self) -> None:
        seeded = self.installation.run("manage.py", "shell", "-v", "0", "-c", SEED)
        assert seeded.returncode == 0, seeded.stderr
        self.key = seeded.stdout.rpartition("KEY ")[2].strip()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg2.connect(host=str(self.postgres.socket), user=USER, dbname=DATABASE) as connection:
            cursor = connection.cursor()
            cursor.execute(sql)
            found = cursor.fetchall() if cursor.description else []
        connection.close()
        return found

    def one(self, sql: str) -> Any:
        return self.rows(sql)[0][0]

    def post(self, path: str, body: Any) -> Any:
        """As a partner posts: under one key, until there is an answer."""
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.uuid4()),
        }
        url, data = f"http://127.0.0.1:{self.installation.port}/api/v1/{path}", json.dumps(body).encode()
        answers: list[Any] = []
        await_that(lambda: attempt(urllib.request.Request(url, data, headers), answers))
        return answers[0]

    def kill(self, part: str) -> None:
        """The process and all that it started, with no word before."""
        found = self.installation.child(part)
        assert found is not None
        family = [found, *found.children(recursive=True)]
        for process in family:
            process.kill()
        psutil.wait_procs(family, timeout=20)
        await_that(
            lambda: self.installation.child(part) not in {None, found} and self.installation.is_ready(),
            self.installation.output_text,
        )

    def empty_broker(self) -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.valkey.socket))
            connection.sendall(b"FLUSHALL\r\n")
            assert connection.recv(16).startswith(b"+OK")

    def let_time_pass(self) -> None:
        for table in TIMED:
            self.rows(f"UPDATE {table} SET due_at = due_at - interval '10 minutes' WHERE due_at > now()")

    def is_quiet(self) -> bool:
        """Nothing is due any more, now or later."""
        return not any(self.one(f"SELECT count(*) FROM {table} WHERE due_at IS NOT NULL") for table in TIMED)


def attempt(request: urllib.request.Request, answers: list[Any]) -> bool:
    """Whether there was an answer; one of 5xx, or none, is a reason to ask again."""
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            answers.append(json.load(answer))
    except OSError as error:
        if isinstance(error, urllib.error.HTTPError) and error.code < 500:
            raise
        return False
    return True


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    with FakeMarketplace(token="open sesame") as market, running_gallery() as gallery:
        installation = Installation(tmp_path / "state")
        installation.env |= {
            "KLEAN_ORDERS_URL": market.url,
            "KLEAN_PAYMENTS_URL": market.url,
            "KLEAN_GATEWAY_TOKEN": market.token,
            "KLEAN_TRUSTED_HOSTS": f"{market.address} {gallery.address}",
        }
        try:
            installation.start()
            running = Town(installation, market, gallery)
            running.seed()
            yield running
        finally:
            installation.process.terminate()
            try:
                installation.process.wait(30)
            except subprocess.TimeoutExpired:
                installation.process.kill()
                installation.process.wait()


def test_killed_workers_a_flushed_broker_and_a_struck_database_lose_and_double_nothing(town):
    town.post("listings/batch", {"listings": catalogue(town.gallery)})
    await_that(lambda: judged(town) > 0, town.installation.output_text)
    town.kill("worker")
    assert 0 < judged(town) < COUNT
    town.let_time_pass()

    orders = [put_order(town.market, number) for number in range(REPORTED_COUNT)]
    for number, order in enumerate(orders):
        town.post("notices", {"listings": [fake(number)], "reason": "COUNTERFEIT", "good_faith": True})
        claim = {"order": order, "listing": fake(number), "reason": "LOOKS_FAKE"}
        town.post("refund-claims", claim)
        if number % 5 == 4:
            town.empty_broker()

    await_that(
        lambda: town.one("SELECT count(*) FROM enforcement_case") >= REPORTED_COUNT,
        town.installation.output_text,
    )
    cases = [pk for (pk,) in town.rows(f"SELECT id FROM enforcement_case ORDER BY id LIMIT {REPORTED_COUNT}")]
    ruling = {
        "outcome": "INFRINGING",
        "severity": "GENERAL",
        "ground": "TRADEMARK",
        "reasons": "The mark is used.",
    }
    for number, case in enumerate(cases):
        if number == REPORTED_COUNT // 2:
            town.installation.child("postgres").kill()
        town.post(f"cases/{case}/decisions", ruling)
    await_that(town.installation.is_ready, town.installation.output_text)

    town.let_time_pass()
    await_that(town.is_quiet, lambda: str([town.rows(f"SELECT count(*) FROM {t}") for t in TIMED]))

    assert_one_verdict_each(town)
    assert_one_of_each(town, decisions=len(cases))
    walked = town.installation.run("manage.py", "verify_events")
    assert walked.returncode == 0, walked.stderr


def catalogue(gallery: Gallery) -> list[dict[str, Any]]:
    """Every tenth offer is one that screening doubts; each has a picture to fetch."""
    honest, fake = picture("table", 2), picture("floor", 0)
    return [
        {
            "id": f"l-{number}",
            "seller_id": f"s-{number % 10}",
            "price": "39000 KRW",
            "condition": "new",
            "title": "데일리 숄더백 네이비" if number % 10 else "미러급 마로엔 토트백",
            "image_link": gallery.show(f"{number}.jpg", honest if number % 10 else fake),
        }
        for number in range(COUNT)
    ]


def fake(number: int) -> str:
    return f"l-{number * 10}"


def picture(scene: str, cut: int) -> bytes:
    bag = Design("bag", "Plain", "hexagon", (40, 54, 96), cut, METALS[1])
    return jpeg_of(photograph(Photo(bag, scene)).resize((160, 160)))


def put_order(market: FakeMarketplace, number: int) -> str:
    paid_at = datetime.now(UTC) - timedelta(days=5)
    buyer = {"id": f"B-{number}", "email_sha256": "0" * 64, "account_opened_on": "2020-01-01"}
    line = {"listing": fake(number), "amount": 39_000, "refunded": 0}
    order = {"region": "KR", "paid_at": paid_at.isoformat(), "buyer": buyer, "lines": [line]}
    market.put_order(f"O-{1000 + number}", order)
    return f"O-{1000 + number}"


def judged(town: Town) -> int:
    return int(town.one("SELECT count(*) FROM listings_listing WHERE judged_revision = revision"))


def assert_one_verdict_each(town: Town) -> None:
    done = "s.state IN ('CLEAR', 'FLAGGED') AND s.finished_at IS NOT NULL"
    current = f"SELECT count(*) FROM listings_listing l JOIN listings_screening s ON s.id = l.current_screening_id WHERE {done}"
    assert town.one(current) == COUNT
    doubled = (
        f"SELECT listing_id FROM listings_screening s WHERE {done} GROUP BY listing_id HAVING count(*) > 1"
    )
    assert town.rows(doubled) == []
    assert judged(town) == COUNT
    assert town.one("SELECT count(*) FROM listings_listing WHERE verdict <> 'clear'") == COUNT // 10
    flagged = "SELECT data->>'listing' FROM core_event WHERE name = 'listings.listing.flagged'"
    assert town.rows(f"{flagged} GROUP BY 1 HAVING count(*) > 1") == []
    # What a decision had removed before screening came to it needs no flag any more.
    doubted = "SELECT l.id FROM listings_listing l WHERE verdict <> 'clear' AND state <> 'REMOVED'"
    assert town.rows(f"{doubted} AND external_id NOT IN ({flagged})") == []
    assert town.rows(f"{doubted} AND id NOT IN (SELECT listing_id FROM enforcement_case)") == []


def assert_one_of_each(town: Town, *, decisions: int) -> None:
    """Reports, refunds and decisions: each once in the rows, once in the log, once at the marketplace."""
    assert (
        town.one("SELECT count(*) FROM reports_notice")
        == count_events(town, "reports.notice.filed")
        == REPORTED_COUNT
    )
    assert (
        town.one("SELECT count(*) FROM reports_notice WHERE state IN ('ADMITTED', 'DECIDED')")
        == REPORTED_COUNT
    )
    paid = town.one("SELECT count(*) FROM refunds_refundpayment WHERE state = 'PAID'")
    assert paid == count_events(town, "refunds.refund.paid") == len(town.market.refunds) == REPORTED_COUNT
    assert town.market.paid_out() == REPORTED_COUNT * 39_000
    assert town.one("SELECT count(*) FROM enforcement_decision") == decisions
    assert count_events(town, "enforcement.decision.issued") == decisions
    pairs = "SELECT seller_id, listing_id FROM enforcement_case WHERE state <> 'DECIDED' GROUP BY 1, 2 HAVING count(*) > 1"
    assert town.rows(pairs) == []


def count_events(town: Town, name: str) -> int:
    return int(town.one(f"SELECT count(*) FROM core_event WHERE name = '{name}'"))
