"""One search over every queue: what it finds, for whom, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from enforcement.desk.queries.search import KINDS, search_queues
from refunds.models.claims import RefundClaim
from tests.make.brands import brand
from tests.make.enforcement import appeal, case, decide, live_listing
from tests.make.refunds import claim
from tests.make.reports import consumer, notice
from tests.make.sellers import authorisation, seller

pytestmark = pytest.mark.usefixtures("policy")
FOR_SENIORS_ALONE = {"Appeals"}
FOR_THE_DESK = {"Notices", "Refund claims", "Authorisations"}
FOR_ALL = {"Cases", "Decisions", "Listings", "Shops"}


@pytest.fixture
def shop():
    """A shop with one item in every queue that can hold one."""
    shop = seller()
    listing = live_listing(by=shop)
    notice(listing)
    appeal(decide(case(listing)))
    claim(about=listing, by=consumer())
    authorisation(by=shop, of=brand("Maroen"))
    return shop


def labels(user, text):
    return {str(label) for label, _rows, _more in search_queues(user, text)}


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("moderator", FOR_ALL | FOR_THE_DESK),
        ("senior", FOR_ALL | FOR_THE_DESK | FOR_SENIORS_ALONE),
        ("penalties", FOR_ALL | FOR_SENIORS_ALONE),
    ],
)
def test_a_shop_leads_to_its_items_in_every_queue_that_the_role_may_see(role, kinds, shop, person):
    assert labels(person(role), shop.external_id) == kinds


@pytest.mark.parametrize("text", ["l-100", "mirror grade", "le"])
def test_a_listing_is_found_by_its_number_by_words_and_by_the_beginning_of_one(text, shop, person):
    assert {"Cases", "Decisions", "Appeals", "Notices", "Refund claims", "Listings"} <= labels(
        person("senior"), text
    )


def test_items_are_found_by_their_own_numbers_and_references(shop, person):
    senior = person("senior")

    for text, kind in [
        (str(Case.objects.get().pk), "Cases"),
        (str(Decision.objects.get().pk), "Decisions"),
        (str(Appeal.objects.get().pk), "Appeals"),
        (RefundClaim.objects.get().reference, "Refund claims"),
    ]:
        assert kind in labels(senior, text)


@pytest.mark.parametrize("text", ["umbrella", "9" * 30, "e", "%", "\N{HANGUL SYLLABLE GA}"])
def test_what_is_called_nothing_finds_nothing(text, shop, person, browser_of):
    assert labels(person("senior"), text) == set()
    page = browser_of(person("senior")).get("/desk/search", {"q": text}, headers={"Accept-Language": "en"})
    assert "No results" in page.content.decode()


def test_the_page_links_each_item_and_costs_the_same_for_one_and_for_thirty(shop, person, browser_of):
    desk = browser_of(person("senior"))
    desk.get("/desk/search?q=mirror")
    with CaptureQueriesContext(connection) as few:
        page = desk.get("/desk/search?q=mirror").content.decode()
    for address in (f"/desk/cases/{Case.objects.get().pk}", f"/desk/appeals/{Appeal.objects.get().pk}"):
        assert f'href="{address}"' in page
    for n in range(30):
        case(live_listing(f"m-{n}", by=shop))
    with CaptureQueriesContext(connection) as many:
        assert desk.get("/desk/search?q=mirror").status_code == 200

    assert len(many) <= len(few) <= 45


def test_every_lookup_has_its_index(shop, person):
    with CaptureQueriesContext(connection) as caught:
        search_queues(person("senior"), "mirror")
        search_queues(person("senior"), "7")
    asked = [query["sql"] for query in caught.captured_queries if "LIMIT 300" in query["sql"]]

    assert len(asked) >= 2 * len(KINDS)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in asked:
            cursor.execute("EXPLAIN " + sql)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan" not in plan, f"{sql}\n{plan}"
