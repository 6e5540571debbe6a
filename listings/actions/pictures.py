"""Pictures of listings: fetched side by side, hashed, and kept small where they are evidence."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any

from klean.core.files.store import keep_files, read_file
from listings.actions.outcomes import Run, Seen
from listings.gateways.pictures import LOCAL, NoPicture, NotNow, load_picture
from listings.models import Listing, ListingPicture
from screening.images.decode import BadPicture, Limits, thumbnail
from screening.images.pdq import Hashed, pdq_of
from screening.signal import Signal

AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at an address: a hashed picture, a fault for good, or one that may pass."""

    address: str
    hashed: Hashed | None = None
    fault: str = ""
    not_now: str = ""


class Pictures:
    """The pictures in force of some listings, as far as the policy has them looked at."""

    def __init__(
        self, rows: Mapping[int, Sequence[ListingPicture]], policy: Mapping[str, Any], at: datetime
    ) -> None:
        self.rows, self.max_bytes = rows, int(policy["max_bytes"])
        self.fresh_after = at - timedelta(days=policy["fresh_days"])

    @classmethod
    def of(cls, listings: Sequence[Listing], policy: Mapping[str, Any], *, at: datetime) -> "Pictures":
        found = (
            ListingPicture.objects.filter(listing__in=listings, replaced_at=None, position__lt=policy["most"])
            .select_related("file")
            .order_by("listing_id", "position")
        )
        return cls(
            {pk: list(rows) for pk, rows in groupby(found, key=lambda row: row.listing_id)}, policy, at
        )

    def to_read(self, run: Run) -> list[ListingPicture]:
        """Those that were never read, or so long ago that the address may show another picture by now."""
        rows = self.rows.get(run.listing.pk, ())
        return [row for row in rows if run.screening.keeps_pictures or not self._is_fresh(row)]

    def read(self, runs: Sequence[Run], *, is_last: Mapping[int, bool]) -> list[Run]:
        """Fill in what each run sees; answers those that saw all, the others say ``not_now`` why they must wait."""
        wanted = [row for run in runs for row in self.to_read(run)]
        looks = dict(
            zip(
                (row.pk for row in wanted),
                look_at([row.address for row in wanted], self.max_bytes),
                strict=True,
            )
        )
        for run in runs:
            run.seen = [self._seen(row, looks.get(row.pk)) for row in self.rows.get(run.listing.pk, ())]
            waits = [look.not_now for row in self.to_read(run) if (look := looks[row.pk]).not_now]
            if waits and not is_last[run.screening.pk]:
                run.not_now = waits[0]
        return [run for run in runs if not run.not_now]

    def _is_fresh(self, row: ListingPicture) -> bool:
        return bool(row.hash) and row.read_at is not None and row.read_at > self.fresh_after

    def _seen(self, row: ListingPicture, look: Look | None) -> Seen:
        if look is None:
            # Without the kept copy, what a second look once found in the picture would be lost.
            kept = read_file(row.file) if row.file else b""
            known = Hashed(bytes(row.hash), row.quality, row.width, row.height, kept)
            return Seen(row, known, sha256=bytes(row.sha256))
        digest = sha256(look.hashed.data).digest() if look.hashed else b""
        return Seen(row, look.hashed, look.fault or look.not_now, digest, is_new=True)


def look_at(addresses: Sequence[str], max_bytes: int) -> list[Look]:
    """Load and hash the pictures side by side; no picture can fail the others."""
    limits = replace(Limits(), max_bytes=max_bytes)
    if all(address.startswith(LOCAL) for address in addresses):  # nothing to wait for
        return [_look(address, limits) for address in addresses]
    with ThreadPoolExecutor(min(AT_ONCE, len(addresses))) as pool:
        return list(pool.map(lambda address: _look(address, limits), addresses))


def _look(address: str, limits: Limits) -> Look:
    try:
        return Look(address, pdq_of(load_picture(address, max_bytes=limits.max_bytes), limits))
    except (NoPicture, BadPicture) as fault:
        return Look(address, fault=str(fault))
    except NotNow as reason:
        return Look(address, not_now=str(reason))


def fault_signals(faults: Iterator[tuple[int, str, str]]) -> list[Signal]:
    """Of (position, address, fault): what nobody could look at is itself a reason to have a person look."""
    return [
        Signal("picture_unreadable", 1.0, {"picture": position, "address": address, "says": fault})
        for position, address, fault in faults
        if fault
    ]


def keep_thumbnails(runs: Sequence[Run], *, at: datetime) -> None:
    """Keep small copies of what a person may be asked about."""
    evidence = [
        seen
        for run in runs
        if run.screening.keeps_pictures or (run.judged is not None and run.judged.verdict != "clear")
        for seen in run.seen
        if seen.is_new and seen.hashed is not None and seen.hashed.data
    ]
    small = [(seen, shown) for seen in evidence if (shown := _thumbnail(seen))]
    for (seen, _), file in zip(small, keep_files([shown for _, shown in small], at=at), strict=True):
        seen.file_id = file.pk


def _thumbnail(seen: Seen) -> bytes:
    """Empty, with the fault noted, for a picture whose body is damaged where hashing did not look."""
    try:
        return thumbnail(seen.hashed.data) if seen.hashed else b""
    except BadPicture as fault:
        seen.fault = str(fault)
        return b""
