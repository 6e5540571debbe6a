"""A buyer's claims walk their index, so that page a thousand costs what page one does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from refunds.queries.claims import page_of_claims
from tests import make

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


def of_claims():
    for n in range(3):
        make.claim(f"O-{n}", make.offer(f"r-{n}"))
    return make.consumer()


def test_the_second_page_begins_where_the_index_says():
    plan = plan_of(lambda of_whom, after: page_of_claims(of_whom, after, size=2), of_claims())
    assert "using claim_of_claimant on" in plan
    assert "ROW(" in plan or "Index Cond" in plan
