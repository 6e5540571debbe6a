"""The register as it was on the day that somebody brought it in."""

from datetime import date, timedelta

from brands.gateways.entries import Entry, Silent
from brands.models import RegisterRecord

STALE_AFTER = timedelta(days=90)


class Snapshot:
    """A snapshot knows what it holds; of a number that it lacks, or when it is old, it says nothing."""

    def entry_of(self, kind: str, number: str, *, on: date) -> Entry | None:
        found = RegisterRecord.objects.filter(number=number).first()
        if found is None:
            raise Silent("the snapshot of the register does not hold this number")
        if found.taken_on < on - STALE_AFTER:
            raise Silent(f"the snapshot of the register is of {found.taken_on}")
        return Entry(
            number=found.number,
            owner=found.owner,
            title=found.title,
            status=found.status,
            nice_classes=tuple(found.nice_classes),
            registered_on=found.registered_on,
            expires_on=found.expires_on,
            as_of=found.taken_on,
        )
