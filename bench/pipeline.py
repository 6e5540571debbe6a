"""Listings a CPU second, end to end with storing: Klean's batches against Python loops and rows saved one by one.

Both take the same offers with one 800 px picture each, name brands, match pictures, judge the price and store the
listing and its run, in the same throwaway PostgreSQL. Text-only offers are measured as well, and beside the pictures
what decoding them alone costs. With --titles a real file goes through `screen`.
"""

import argparse
import contextlib
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results") / "pipeline.json"


@contextlib.contextmanager
def database() -> Iterator[None]:
    """A throwaway PostgreSQL with Klean's tables, as the tests have it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "klean.settings.tests"
    folder = tempfile.TemporaryDirectory(prefix="klean-bench-")
    os.environ["KLEAN_TEST_STATE"] = os.environ["KLEAN_KEPT_STATE"] = folder.name
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from klean.launch.servers import embedded

    with folder, contextlib.ExitStack() as servers:
        servers.enter_context(settings.TEST_STATE.owned())
        for server in embedded(settings.TEST_STATE, durable=False):
            servers.callback(server.stop)
            server.start()
        connection.creation.create_test_db(verbosity=0)
        yield
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def stocked(brands: int, references: int) -> list[str]:
    """Fill the banks: invented brands, and references whose hashes are drawn at random; answers the names."""
    import numpy as np
    from django.utils import timezone

    from brands.models import Brand, ReferenceImage
    from klean.core.events.actors import Actor
    from klean.core.policy.actions.publishing import publish_policy
    from listings.actions.banks import bump_bank
    from sellers.actions.shops import NewSeller, register_sellers

    actor, at = Actor("system", "bench"), timezone.now()
    publish_policy(Path(__file__).parents[1] / "policy" / "2026-01.toml", at=at, actor=actor)
    register_sellers([NewSeller(external_id="s-1", name="Shop", country="KR")], at=at, actor=actor)
    dice = np.random.default_rng(1)
    letters = np.array(list("bdfgklmnprstvz")), np.array(list("aeiou"))
    names = sorted({"".join(dice.choice(letters[i % 2]) for i in range(8)).title() for _ in range(brands)})
    Brand.objects.bulk_create((Brand(name=name, category="bag") for name in names), batch_size=5000)
    brand = Brand.objects.all()[0]
    hashes = dice.integers(0, 256, (references, 32), dtype=np.uint8)
    ReferenceImage.objects.bulk_create(
        (
            ReferenceImage(
                brand=brand, kind="OFFICIAL", sha256=bits.tobytes().hex(), hash=bits.tobytes(), quality=100
            )
            for bits in hashes
        ),
        batch_size=2000,
    )
    for bank in ("brands", "references"):
        bump_bank(bank, at=at, actor=actor)
    return names


def offers(count: int, names: list[str], folder: Path | None, prefix: str) -> list[Any]:
    from bench.attacks import draw, jpeg
    from listings.rules.rows import ListingRow

    rows = []
    for number in range(count):
        pictures: tuple[str, ...] = ()
        if folder:
            path = folder / f"{number}.jpg"
            if not path.exists():
                path.write_bytes(jpeg(draw(number, 800, 600)))
            pictures = (path.as_uri(),)
        title = f"{names[number % len(names)]} leather tote bag, {number} colours, new season"
        rows.append(
            ListingRow(
                f"{prefix}{number}", "s-1", title, price=100_000 + number, category="bag", pictures=pictures
            )
        )
    return rows


def klean(rows: list[Any]) -> None:
    from django.utils import timezone

    from klean.core.events.actors import Actor
    from klean.core.operations.due_work import until_quiet
    from listings.actions.screenings import screen_due_listings
    from listings.actions.upserts import upsert_listings

    for start in range(0, len(rows), 1000):
        upsert_listings(rows[start : start + 1000], at=timezone.now(), actor=Actor("system", "bench"))
    until_quiet(screen_due_listings)


def naive(rows: list[Any], names: list[str], known: list[Any]) -> None:
    """The usual way: a loop over brands, over hashes, over prices, and a save a row."""
    import imagehash
    from django.utils import timezone
    from PIL import Image

    from listings.models import Listing, ListingPicture, Screening
    from sellers.models import Seller

    prices: list[int] = []
    for row in rows:
        now, seller = timezone.now(), Seller.objects.get(external_id=row.seller)
        listing, _ = Listing.objects.update_or_create(
            external_id=row.external_id,
            defaults={
                "seller": seller,
                "title": row.title,
                "price": row.price,
                "category": row.category,
                "content_sha256": row.content_sha256(),
                "first_seen_at": now,
                "changed_at": now,
            },
        )
        found = [name for name in names if name.lower() in row.title.lower()]
        matches = 0
        for position, address in enumerate(row.pictures):
            data = Path(address.removeprefix("file://")).read_bytes()
            phash = imagehash.phash(Image.open(BytesIO(data)), hash_size=16)
            matches += sum(phash - other <= 31 for other in known)
            ListingPicture.objects.create(listing=listing, position=position, address=address, quality=100)
        prices.append(row.price)
        odd = len(prices) > 2 and row.price < statistics.mean(prices) - 2 * statistics.stdev(prices)
        verdict = "review" if odd or matches else "clear"
        signals = [{"kind": "brand_mention", "brand": name} for name in found]
        screening = Screening.objects.create(
            listing=listing,
            revision=1,
            state="CLEAR",
            verdict=verdict,
            score=0.1,
            signals=signals,
            queued_at=now,
        )
        listing.verdict, listing.judged_revision, listing.current_screening = verdict, 1, screening
        listing.state = "LIVE"
        listing.save()


def judged(rows: list[Any]) -> None:
    """Screening without storing."""
    from django.utils import timezone

    from listings.judging.judge import judge_rows
    from listings.judging.screener import screener_at

    screener = screener_at(timezone.now())
    for start in range(0, len(rows), 200):
        judge_rows(rows[start : start + 200], screener, at=timezone.now())


def decoded(rows: list[Any]) -> None:
    """What cannot be saved: reading the pictures and decoding them in full."""
    import simplejpeg

    for row in rows:
        for address in row.pictures:
            simplejpeg.decode_jpeg(Path(address.removeprefix("file://")).read_bytes())


def screened(titles: Path, out: Path) -> dict[str, float]:
    """CPU seconds and peak memory of `screen` on a file."""
    from django.core.management import call_command

    started = time.process_time()
    call_command("screen", str(titles), out=out)
    return {
        "CPU seconds": time.process_time() - started,
        "listings": float(sum(1 for _ in out.open("rb"))),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def rate(task: Callable[[], object], count: int) -> float:
    """Listings a CPU second of this process; PostgreSQL's own time is not in it."""
    start = time.process_time()
    task()
    return count / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=2000)
    parser.add_argument("--naive", type=int, default=40, help="offers that the usual way is given")
    parser.add_argument("--brands", type=int, default=1000)
    parser.add_argument("--references", type=int, default=100_000)
    parser.add_argument("--titles", type=Path, help="a catalogue file for `screen`")
    asked = parser.parse_args()
    result: dict[str, Any] = {name: value for name, value in vars(asked).items() if name != "titles"}
    with database(), tempfile.TemporaryDirectory() as place:
        import imagehash
        import numpy as np

        names, folder = stocked(asked.brands, asked.references), Path(place)
        known = [
            imagehash.ImageHash(bits)
            for bits in np.random.default_rng(2).random((asked.references, 16, 16)) > 0.5
        ]
        klean(offers(10, names, folder, "warm-"))
        naive(offers(10, names, None, "warm-n "), names, known)
        for label, where in (("text only", None), ("one 800 px picture", folder)):
            ours, theirs = (
                offers(asked.listings, names, where, f"k {label} "),
                offers(asked.naive, names, where, f"n {label} "),
            )
            fast = rate(lambda ours=ours: klean(ours), len(ours))  # type: ignore[misc]
            slow = rate(lambda theirs=theirs: naive(theirs, names, known), len(theirs))  # type: ignore[misc]
            result[label] = {"klean": fast, "naive": slow, "times": fast / slow}
            print(
                f"{label:22}{fast:10,.0f} listings a CPU second; the usual way {slow:8,.1f}; {fast / slow:6,.1f} ×"
            )
        offered = offers(asked.listings, names, folder, "k one 800 px picture ")
        bare = 1000 / rate(lambda: decoded(offered), len(offered))
        alone = 1000 / rate(lambda: judged(offered), len(offered))
        stored = 1000 / result["one 800 px picture"]["klean"]
        result["ms of a picture"] = {
            "bare decode": bare,
            "screening, of bare": alone / bare,
            "with storing, of bare": stored / bare,
        }
        print(result["ms of a picture"])
        if asked.titles:
            result["screen"] = screened(asked.titles, folder / "verdicts.jsonl")
            print(result["screen"])
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kept[f"{asked.brands:,} brands"] = result
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
