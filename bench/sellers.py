"""How long 100,000 shops take to register, cluster and change: time, memory and growth.

``python -m bench.sellers [--sellers 100000]`` runs on a throwaway database of its own and prints one JSON object. The
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
from collections.abc import Iterator
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "klean.settings.tests"
_folder = tempfile.TemporaryDirectory(prefix="klean-bench-")
os.environ["KLEAN_TEST_STATE"] = _folder.name

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from klean.core.actors import Actor  # noqa: E402
from klean.core.policy import publish_policy  # noqa: E402
from klean.launch.servers import embedded  # noqa: E402
from sellers.actions import NewSeller, Told, note_traits, register_sellers  # noqa: E402
from sellers.models import Seller, SellerCluster  # noqa: E402
from sellers.queries import linked_sellers  # noqa: E402

ACTOR = Actor("system", "bench")
BATCH = 1000


def shops(first: int, count: int, rng: random.Random) -> Iterator[NewSeller]:
    for number in range(first, first + count):
        phone = number // 2 if number % 20 < 2 else number
        ring = number // 5 if number % 500 < 5 else number
        yield NewSeller(
            external_id=f"s-{number}", name=f"Shop {number}", country="KR",
            business_registration_number=f"{1_010_000_001 + number * 7 % 8_000_000_000}",
            contact_phone=f"010-{phone % 10_000:04}-{phone // 10_000:04}", contact_email=f"owner{ring}@shop.example",
            representative=f"Owner {rng.randrange(count // 3)}",
            traits={"DEVICE": [f"device {rng.randrange(count * 2)}"], "ADDRESS": [f"Street {rng.randrange(count)} 1"]},
        )  # fmt: skip


def measured(total: int) -> dict[str, object]:
    rng, at = random.Random(7), timezone.now()
    growth, started = [], time.perf_counter()
    for first in range(0, total, BATCH):
        begun = time.perf_counter()
        register_sellers(list(shops(first, BATCH, rng)), at=at, actor=ACTOR)
        growth.append(time.perf_counter() - begun)
    registered = time.perf_counter() - started
    tenth = max(1, len(growth) // 10)
    sellers = list(
        Seller.objects.order_by("pk").values_list("pk", flat=True)[: total // 2 : total // 200 or 1]
    )
    change, look = [], []
    for pk in sellers:
        begun = time.perf_counter()
        note_traits([Told(pk, {"PHONE": [f"010-7777-{pk % 10_000:04}"]})], at=at)
        change.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        linked_sellers(pk, at=at)
        look.append(time.perf_counter() - begun)
    return {
        "sellers": total,
        "clusters": SellerCluster.objects.values("cluster").distinct().count(),
        "clustered_shops": SellerCluster.objects.count(),
        "register_and_cluster_s": round(registered, 1),
        "sellers_per_s": round(total / registered),
        "batch_of_1000_first_tenth_s": round(sum(growth[:tenth]) / tenth, 3),
        "batch_of_1000_last_tenth_s": round(sum(growth[-tenth:]) / tenth, 3),
        "one_change_median_ms": round(sorted(change)[len(change) // 2] * 1000, 2),
        "links_of_one_median_ms": round(sorted(look)[len(look) // 2] * 1000, 2),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "tables_mb": _megabytes(),
    }


def _megabytes() -> dict[str, int]:
    tables = ("sellers_seller", "sellers_sellertrait", "sellers_sellercluster", "core_event")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, pg_total_relation_size(t) / 1048576 FROM unnest(%s::text[]) AS t", [list(tables)]
        )
        return dict(cursor.fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sellers", type=int, default=100_000)
    total = parser.parse_args().sellers
    servers = embedded(settings.TEST_STATE)
    with settings.TEST_STATE.owned():
        try:
            for server in servers:
                server.start()
            call_command("migrate", verbosity=0)
            policy = Path(settings.BASE_DIR) / "policy" / "2026-01.toml"
            publish_policy(policy, at=timezone.now(), actor=ACTOR)
            print(json.dumps(measured(total), indent=2))
        finally:
            connection.close()
            for server in servers:
                server.stop()


if __name__ == "__main__":
    main()
