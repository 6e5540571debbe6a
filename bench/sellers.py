"""How long 100,000 shops take to register, cluster and change: time, memory and growth.

``python -m bench.sellers [--sizes 10000,30000,100000]`` runs on a throwaway database of its own and prints one JSON object. The
shops have a business number each; one in ten shares a phone, an e-mail address or an account with one other, one in
a hundred stands in a ring of five, and half of them share a device or an address with a few.
"""

import argparse
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
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
from django.db import connection
from django.utils import timezone

from klean.core.events.actors import Actor
from klean.core.policy.actions.publishing import publish_policy
from klean.launch.servers import embedded
from sellers.actions.links import (
    SellerTraits,
    note_traits,
    recluster,
)
from sellers.actions.shops import NewSeller, register_sellers
from sellers.models import Seller, SellerCluster
from sellers.queries.links import linked_sellers

ACTOR = Actor("system", "bench")
BATCH = 1000


def shops(first: int, count: int, total: int, rng: random.Random) -> Iterator[NewSeller]:
    for number in range(first, first + count):
        phone = number // 2 if number % 20 < 2 else number
        ring = number // 5 if number % 500 < 5 else number
        yield NewSeller(
            external_id=f"s-{number}",
            name=f"Shop {number}",
            country="KR",
            business_registration_number=f"{1_010_000_001 + number * 7 % 8_000_000_000}",
            contact_phone=f"010-{phone % 10_000:04}-{phone // 10_000:04}",
            contact_email=f"owner{ring}@shop.example",
            representative=f"Owner {rng.randrange(total // 3)}",
            traits={
                "DEVICE": [f"device {rng.randrange(total * 2)}"],
                "ADDRESS": [f"Street {rng.randrange(total)} 1"],
            },
        )


def measured(sizes: list[int]) -> dict[str, object]:
    """Shops come in by the thousand; at each of the sizes it is told how things stand."""
    rng, at, began = random.Random(7), timezone.now(), time.perf_counter()
    growth: list[dict[str, object]] = []
    spent, batches = [0.0], []
    with connection.execute_wrapper(_timer(spent)):
        for first in range(0, sizes[-1], BATCH):
            begun = time.perf_counter()
            register_sellers(list(shops(first, BATCH, sizes[-1], rng)), at=at, actor=ACTOR)
            batches.append(time.perf_counter() - begun)
            if first + BATCH in sizes:
                growth.append(_standing(first + BATCH, batches, spent[0], at))
    return {"growth": growth, "all_s": round(time.perf_counter() - began, 1), "tables_mb": _megabytes()}


def _standing(count: int, batches: list[float], in_sql: float, at: datetime) -> dict[str, object]:
    pks = list(Seller.objects.values_list("pk", flat=True).order_by("pk"))
    some = pks[:: count // 100]
    return {
        "sellers": count,
        "clusters": SellerCluster.objects.values("cluster").distinct().count(),
        "clustered_shops": SellerCluster.objects.count(),
        "registered_and_clustered_s": round(sum(batches), 1),
        "of_it_in_sql_s": round(in_sql, 1),
        "cpu_of_this_process_s": round(time.process_time(), 1),
        "last_batch_of_1000_ms": round(_median(batches[-10:]) * 1000),
        "all_clusters_drawn_anew_s": round(_timed(lambda: recluster(pks, at=at, actor=ACTOR)), 2),
        "one_change_median_ms": round(_median([_timed(partial(_change, pk, at)) for pk in some]) * 1000, 1),
        "links_of_one_median_ms": round(
            _median([_timed(partial(linked_sellers, pk, at=at)) for pk in some]) * 1000, 1
        ),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _change(pk: int, at: datetime) -> None:
    note_traits([SellerTraits(pk, {"PHONE": [f"010-7777-{pk % 10_000:04}"]})], at=at, actor=ACTOR)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _timer(spent: list[float]) -> Callable[..., Any]:
    def execute(run: Callable[..., Any], *asked: Any) -> Any:
        begun = time.perf_counter()
        try:
            return run(*asked)
        finally:
            spent[0] += time.perf_counter() - begun

    return execute


def _megabytes() -> dict[str, int]:
    tables = ("sellers_seller", "sellers_sellertrait", "sellers_sellercluster", "core_event")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, pg_total_relation_size(t) / 1048576 FROM unnest(%s::text[]) AS t", [list(tables)]
        )
        return dict(cursor.fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", default="10000,30000,100000", help="thousands, rising, with commas between"
    )
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    servers = embedded(settings.TEST_STATE)
    with settings.TEST_STATE.owned():
        try:
            for server in servers:
                server.start()
            call_command("migrate", verbosity=0)
            policy = Path(settings.BASE_DIR) / "policy" / "2026-01.toml"
            publish_policy(policy, at=timezone.now(), actor=ACTOR)
            print(json.dumps(measured(sizes), indent=2))
        finally:
            connection.close()
            for server in servers:
                server.stop()


if __name__ == "__main__":
    main()
