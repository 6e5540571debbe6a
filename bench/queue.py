"""The desk's queue at 1,000,000 open cases: what a page costs at any depth by keyset and by OFFSET, and under each filter.

``python -m bench.queue [--cases 1000000]`` runs on a throwaway database of its own, filled set-based; the queries are the
desk's own. Times are medians of wall-clock milliseconds with a warm cache; beside them the 8 kB pages that PostgreSQL
touches, which do not depend on who else uses the machine.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "klean.settings.tests"
_folder = tempfile.TemporaryDirectory(prefix="klean-bench-")
os.environ["KLEAN_TEST_STATE"] = os.environ["KLEAN_KEPT_STATE"] = _folder.name

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enforcement.cases.models import Case, Source
from enforcement.desk.queries.queue import (
    PAGE_SIZE,
    QueueFilter,
    next_case,
    queue_counts,
    queue_health,
    queue_of,
    queue_page,
)
from klean.core.access.models import Membership, Role, User
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.policy.actions.publishing import publish_policy
from klean.core.web.paging import page_of
from klean.launch.servers import embedded
from listings.actions.upserts import upsert_listings
from listings.models import Listing
from listings.rules.rows import ListingRow
from sellers.actions.shops import NewSeller, register_sellers
from sellers.models import Seller

RESULTS = Path(__file__).with_name("results") / "queue.json"
ACTOR = Actor("system", "bench")
DEPTHS = (0.0, 0.25, 0.5, 0.9)
TIMES = 9
# Titles as a marketplace has them: many share a word, few a name.
WORDS = ("가죽", "토트백", "운동화", "시계", "향수", "선글라스", "지갑", "티셔츠", "이어폰", "화장품")
FILL = """
INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS one, generate_series(1, %(count)s) AS n WHERE one.id = %(id)s
"""


def filled(model: Any, pk: int, count: int, **values: str) -> None:
    """As many copies of a row, what differs written as SQL over ``n``."""
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    selected = [f"({values[name]})" if name in values else f'one."{name}"' for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            FILL.format(table=table, names=columns, values=", ".join(selected)), {"count": count, "id": pk}
        )


def fill(cases: int) -> None:
    """One shop, listing and case made by the actions, the others copied from them set-based."""
    at = timezone.now()
    register_sellers([NewSeller(external_id="s-0", name="Shop")], at=at, actor=ACTOR)
    row = ListingRow(external_id="l-0", seller="s-0", title="가죽 토트백", price=39_000)
    upsert_listings([row], at=at, actor=ACTOR)
    seller, listing, event = Seller.objects.get(), Listing.objects.get(), Event.objects.order_by("pk")[0]
    filled(type(seller), seller.pk, max(1, cases // 100), external_id="'s-' || n", name="'Shop ' || n")
    words = "ARRAY[" + ", ".join(f"'{word}'" for word in WORDS) + "]"
    filled(
        type(listing),
        listing.pk,
        cases,
        external_id="'l-' || n",
        seller_id=f"{seller.pk} + 1 + n %% {max(1, cases // 100)}",
        title=f"({words})[1 + n %% 10] || ' ' || ({words})[1 + n / 10 %% 10] || ' model' || n",
        current_screening_id="NULL",
    )
    opened = at - timedelta(days=30)
    first = Case.objects.create(
        seller=seller, listing=listing, source="CONSUMER", opened_at=opened, opened_by=event, answer_by=opened
    )
    sources = "ARRAY[" + ", ".join(f"'{name}'" for name in Source.values) + "]"
    filled(
        Case,
        first.pk,
        cases - 1,
        listing_id=f"{listing.pk} + n",
        seller_id=f"{seller.pk} + 1 + n %% {max(1, cases // 100)}",
        source=f"({sources})[1 + n %% {len(Source.values)}]",
        priority="n::bigint * 7919 %% 160",
        opened_at="one.opened_at + n * interval '2 seconds'",
        answer_by="now() + (n %% 5000 - 20) * interval '1 minute'",
        state="CASE WHEN n %% 1000 = 0 THEN 'ESCALATED' ELSE 'OPEN' END",
    )


def settled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def median_ms(task: Callable[[], object], times: int = TIMES) -> float:
    took = []
    for _ in range(times):
        started = time.perf_counter()
        task()
        took.append(1000 * (time.perf_counter() - started))
    return round(statistics.median(took), 2)


def pages(task: Callable[[], object]) -> int:
    """How many pages of tables and indexes the queries of a task touch."""
    with CaptureQueriesContext(connection) as caught:
        task()
    touched = 0
    for query in caught.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query['sql']}")
            plan = cursor.fetchone()[0][0]["Plan"]
        touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return touched


def by_depth(user: User, cases: int) -> dict[str, dict[str, float]]:
    """A page of the whole queue at a depth: after a token, and after so many rows counted off."""
    at, wanted = timezone.now(), QueueFilter()
    rows = queue_of(user, wanted, at=at)
    table = {}
    for depth in DEPTHS:
        skipped = int(cases * depth)
        after = _token_at(rows, skipped)
        keyset = partial(queue_page, user, wanted, after=after, at=at)
        offset = partial(_counted_off, rows, skipped)
        table[f"after {skipped:,} rows"] = {
            "keyset, ms": median_ms(keyset),
            "keyset, pages": pages(keyset),
            "OFFSET, ms": median_ms(offset, 1),
            "OFFSET, pages": pages(offset),
        }
    return table


def _counted_off(rows: Any, skipped: int) -> list[Any]:
    return list(_ordered(rows)[skipped : skipped + PAGE_SIZE + 1])


def _ordered(rows: Any) -> Any:
    """The queue's order as ``page_of`` writes it, so that both use the same index."""
    return rows.order_by((-F("priority")).asc(), "opened_at", "id")


def _token_at(rows: Any, skipped: int) -> str:
    """The token of the page that begins after so many rows."""
    if not skipped:
        return ""
    two = list(_ordered(rows).values_list("pk", flat=True)[skipped - 1 : skipped + 1])
    return page_of(Case.objects.filter(pk__in=two), order=Case.ORDER, size=1).next


def by_filter(user: User, cases: int) -> dict[str, dict[str, Any]]:
    """The first page under each filter of the desk, and how many rows it shows."""
    at, whole = timezone.now(), QueueFilter()
    filters = {
        "everything": whole,
        "one source": replace(whole, source=Source.FORGERY),
        "escalated": replace(whole, view="escalated"),
        "overdue": replace(whole, view="overdue"),
        "mine": replace(whole, view="mine"),
        "skipped": replace(whole, view="skipped"),
        "naming me": replace(whole, view="mentioned"),
        "one shop": replace(whole, seller="s-7"),
        "of the last day": replace(whole, days="1"),
        "any state": replace(whole, state="any"),
        "decided": replace(whole, state="DECIDED"),
        "a listing's id": replace(whole, text=f"l-{cases // 2}"),
        "a word few titles have": replace(whole, text=f"model{cases // 3}"),
        "a word many titles have": replace(whole, text="토트백"),
        "a word no title has": replace(whole, text="헬리콥터"),
    }
    found = {}
    for name, wanted in filters.items():
        page = partial(queue_page, user, wanted, at=at)
        found[name] = {"ms": median_ms(page, 5), "pages": pages(page), "rows": len(page().rows)}
    return found


def measure(cases: int) -> dict[str, Any]:
    started = time.perf_counter()
    with transaction.atomic():
        fill(cases)
    settled()
    loaded = time.perf_counter() - started
    user = User.objects.create_user("moderator@bench.klean", "a long enough password", name="Moderator")
    Membership.objects.create(user=user, role=Role.MODERATOR)
    at = timezone.now()
    return {
        "open cases": Case.objects.filter(state__in=Case.PENDING).count(),
        "loaded, s": round(loaded, 1),
        "page": by_depth(user, cases),
        "first page by filter": by_filter(user, cases),
        "next case, ms": median_ms(lambda: next_case(user, QueueFilter(), at=at)),
        "counts of the views, ms": median_ms(lambda: queue_counts(user, at=at)),
        "health of the queue, ms": median_ms(lambda: queue_health(at=at)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    given = parser.parse_args()
    servers = embedded(settings.TEST_STATE, durable=False)
    with settings.TEST_STATE.owned():
        try:
            for server in servers:
                server.start()
            call_command("migrate", verbosity=0)
            publish_policy(
                Path(settings.BASE_DIR) / "policy" / "2026-01.toml", at=timezone.now(), actor=ACTOR
            )
            found = measure(given.cases)
        finally:
            connection.close()
            for server in servers:
                server.stop()
    RESULTS.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
