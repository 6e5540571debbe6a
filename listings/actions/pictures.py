"""Pictures of listings: fetched side by side, hashed, and kept small where they are evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby

from klean.core.files.store import keep_files, read_file
from listings.actions.outcomes import Run, Seen
from listings.judging.pictures import LoadedPicture, load_pictures
from listings.models import Listing, ListingPicture
from screening.checks.image_match.settings import PictureSettings
from screening.images.decode import BadPicture, thumbnail
from screening.images.pdq import Hashed


class Pictures:
    """The pictures in force of some listings, as far as the policy has them looked at."""

    def __init__(
        self, rows: Mapping[int, Sequence[ListingPicture]], limits: PictureSettings, at: datetime
    ) -> None:
        self.rows, self.max_bytes = rows, limits.max_bytes
        self.fresh_after = at - timedelta(days=limits.fresh_days)

    @classmethod
    def of(cls, listings: Sequence[Listing], limits: PictureSettings, *, at: datetime) -> "Pictures":
        found = (
            ListingPicture.objects.filter(
                listing__in=listings, replaced_at=None, position__lt=limits.max_pictures
            )
            .select_related("file")
            .order_by("listing_id", "position")
        )
        return cls(
            {pk: list(rows) for pk, rows in groupby(found, key=lambda row: row.listing_id)}, limits, at
        )

    def to_read(self, run: Run) -> list[ListingPicture]:
        """Those that were never read, or so long ago that the address may show another picture by now."""
        rows = self.rows.get(run.listing.pk, ())
        return [row for row in rows if run.screening.keeps_pictures or not self._is_fresh(row)]

    def read(self, runs: Sequence[Run], *, is_last: Mapping[int, bool]) -> list[Run]:
        """Fill in what each run sees; answers those that saw all, the others say ``not_now`` why they must wait."""
        wanted = [row for run in runs for row in self.to_read(run)]
        loaded = dict(
            zip(
                (row.pk for row in wanted),
                load_pictures([row.address for row in wanted], self.max_bytes),
                strict=True,
            )
        )
        for run in runs:
            run.seen = [self._seen(row, loaded.get(row.pk)) for row in self.rows.get(run.listing.pk, ())]
            waits = [one.not_now for row in self.to_read(run) if (one := loaded[row.pk]).not_now]
            if waits and not is_last[run.screening.pk]:
                run.not_now = waits[0]
        return [run for run in runs if not run.not_now]

    def _is_fresh(self, row: ListingPicture) -> bool:
        return bool(row.hash) and row.read_at is not None and row.read_at > self.fresh_after

    def _seen(self, row: ListingPicture, loaded: LoadedPicture | None) -> Seen:
        if loaded is None:
            # Without the kept copy, what the second match once found in the picture would be lost.
            kept = read_file(row.file) if row.file else b""
            known = Hashed(bytes(row.hash), row.quality, row.width, row.height, kept)
            return Seen(row, known, sha256=bytes(row.sha256))
        digest = sha256(loaded.hashed.data).digest() if loaded.hashed else b""
        return Seen(row, loaded.hashed, loaded.fault or loaded.not_now, digest, is_new=True)


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
