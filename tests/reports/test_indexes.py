"""Lists of newest things first walk their index, so that page a thousand costs what page one does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.actions.notices import Notifier
from reports.actions.watchlist import FlaggedListing, watch_listings
from reports.queries.counters import counters_of_seller
from reports.queries.notices import page_of_notices
from reports.queries.portal import watchlist_of
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")


def plan_of(read, of):
    """How PostgreSQL would read the second page of a large table."""
    first = read(of, "")
    with CaptureQueriesContext(connection) as caught:
        assert len(read(of, first.next).rows) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + caught.captured_queries[-1]["sql"])
        return "\n".join(row[0] for row in cursor.fetchall())


def holder():
    user = make.holder_person()
    make.brand("Haneul", holder=make.rights_holder())
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    for n in range(3):
        listing = make.offer(f"r-{n}")
        watch_listings([FlaggedListing(listing.pk, "Haneul", 0.8)], at=NOON, actor=TESTER)
        make.notice(
            listing,
            by=by,
            good_faith=True,
            right=by.organisation.rights_holder.ip_rights.get(),
            explanation="The monogram is copied on every picture of it.",
        )
    return user


def of_notices():
    return [make.organisation_of(holder()).pk]


def of_counters():
    holder()
    return make.shopkeeper()


@pytest.mark.parametrize(
    ("read", "of", "index"),
    [
        (page_of_notices, of_notices, "notice_of_organisation"),
        (counters_of_seller, of_counters, "counter_of_seller"),
        (watchlist_of, holder, "watch_waiting"),
    ],
)
def test_the_second_page_begins_where_the_index_says(read, of, index):
    plan = plan_of(lambda of_whom, after: read(of_whom, after, size=2), of())
    assert f"using {index} on" in plan
    assert "ROW(" in plan or "Index Cond" in plan


def test_one_notifiers_pages_are_not_sorted_at_all():
    plan = plan_of(lambda of_whom, after: page_of_notices(of_whom, after, size=2), of_notices())
    assert "Sort" not in plan
