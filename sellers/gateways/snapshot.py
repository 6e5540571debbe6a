"""The tax office as it was on the day that somebody brought its answers in."""

from collections.abc import Sequence
from datetime import date, timedelta

from sellers.gateways.replies import BusinessReply, Identity
from sellers.models import BusinessRecord, TraderEntity
from sellers.rules.traits import normal_trait

STALE_AFTER = timedelta(days=90)
Authenticity = TraderEntity.Authenticity


class Snapshot:
    """A snapshot knows what it holds; of a number that it lacks, or whose record is old, it says nothing."""

    def ask(self, identities: Sequence[Identity], *, on: date) -> dict[str, BusinessReply]:
        numbers = [each.number for each in identities]
        found = BusinessRecord.objects.filter(number__in=numbers, taken_on__gte=on - STALE_AFTER)
        records = {record.number: record for record in found}
        return {
            each.number: BusinessReply(record.status, _authenticity(each, record))
            for each in identities
            if (record := records.get(each.number))
        }


def _authenticity(asked: Identity, record: BusinessRecord) -> str:
    is_complete = bool(asked.opened_on and asked.representative)
    if not (is_complete and record.opened_on and record.representative):
        return Authenticity.UNKNOWN
    same_day = asked.opened_on == record.opened_on.strftime("%Y%m%d")
    same_name = _bare(asked.representative) == _bare(record.representative)
    return Authenticity.CONFIRMED if same_day and same_name else Authenticity.DIFFERENT


def _bare(name: str) -> str:
    return normal_trait("REPRESENTATIVE", name)
