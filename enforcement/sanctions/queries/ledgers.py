"""A seller's points as the ladder counts them, from the rows, for any policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from enforcement.sanctions.models import Measure, Rung, Sanction, Violation
from enforcement.sanctions.rules.ladder import Entry, Outlook, Past, ledger_of, outlooks, what_if
from enforcement.sanctions.rules.policy import SISTERS, Ladder
from enforcement.sanctions.rules.standing import standing_under
from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import policy_at
from reports.models.notices import NoticeItem
from sellers.models import Seller


@dataclass(frozen=True)
class Standing:
    """Everything that speaks about a seller at one time: entries, sanctions, and what comes next."""

    seller: Seller
    standing: str
    policy: str
    outlooks: list[Outlook]
    sanctions: list[Sanction]
    measures: list[Measure]
    violations: dict[int, Violation]

    @property
    def live_sanctions(self) -> list[Sanction]:
        return [
            sanction for sanction in self.sanctions if sanction.lifted_at is None and not sanction.lapsed_at
        ]


def standing_violations(seller_id: int) -> list[Violation]:
    """The seller's violations that nobody voided, with their cases and policies."""
    return [row for row in _with_policies(seller_id) if row.voided_at is None]


def violations_of(seller_id: int, *, at: datetime) -> list[Violation]:
    """Those that stood at that time, also where they were voided later."""
    return [row for row in _with_policies(seller_id) if row.voided_at is None or row.voided_at > at]


def _with_policies(seller_id: int) -> QuerySet[Violation]:
    rows = Violation.objects.filter(seller_id=seller_id)
    return rows.select_related("policy", "case__listing").order_by("confirmed_at", "pk")


def entries_of(violations: Iterable[Violation]) -> list[Entry]:
    violations = list(violations)
    return ledger_of(_pasts(violations), _ladders(violations))


def outlook_if(
    seller_id: int, severities: Iterable[str], *, at: datetime, policy: PolicyVersion | None = None
) -> dict[str, Entry]:
    """For each severity: the ledger entry that one more violation of it would make now."""
    violations = standing_violations(seller_id)
    policy = policy or policy_at(at)
    ladders = {**_ladders(violations), policy.name: policy[Ladder]}
    known = [severity for severity in severities if severity in ladders[policy.name].severities]
    return {
        severity: what_if(_pasts(violations), ladders, severity, policy=policy.name, at=at)
        for severity in known
    }


def outlook_many(seller_id: int, count: int, *, at: datetime) -> list[dict[str, Entry]]:
    """For the first, second … of ``count`` more violations, all of one severity: what it would make."""
    violations = standing_violations(seller_id)
    policy = policy_at(at)
    ladders = {**_ladders(violations), policy.name: policy[Ladder]}
    rows: list[dict[str, Entry]] = [{} for _ in range(count)]
    for severity in ladders[policy.name].severities:
        more = [Past(2**62 + place, severity, at, policy.name) for place in range(count)]
        for place, entry in enumerate(ledger_of([*_pasts(violations), *more], ladders)[-count:]):
            rows[place][severity] = entry
    return rows


def standing_of(seller: Seller, *, at: datetime) -> Standing:
    """Points per track with each entry, sanctions, and what comes next."""
    violations = [row for row in violations_of(seller.pk, at=at) if row.confirmed_at <= at]
    policy = policy_at(at)
    sanctions = list(seller.sanctions.order_by("-starts_at", "-pk"))
    measures = list(Measure.live(at).filter(seller=seller).order_by("pk"))
    return Standing(
        seller=seller,
        standing=standing_under(
            (Rung(sanction.rung) for sanction in sanctions if sanction.is_live(at)),
            (SISTERS[row.kind] for row in measures if row.kind in SISTERS),
        ),
        policy=policy.name,
        outlooks=outlooks(entries_of(violations), policy[Ladder], at=at),
        sanctions=sanctions,
        measures=measures,
        violations={violation.pk: violation for violation in violations},
    )


def notices_of(standing: Standing) -> dict[int, list[int]]:
    """For each listing of the ledger: the notices that were upheld about it."""
    listings = {row.case.listing_id for row in standing.violations.values()}
    items = NoticeItem.objects.filter(listing__in=listings - {None}, outcome=NoticeItem.Outcome.UPHELD)
    found: dict[int, list[int]] = {}
    for listing_id, notice_id in items.order_by("notice").values_list("listing_id", "notice_id"):
        found.setdefault(listing_id, []).append(notice_id)
    return found


def _pasts(violations: Iterable[Violation]) -> list[Past]:
    return [Past(row.pk, row.severity, row.confirmed_at, row.policy.name) for row in violations]


def _ladders(violations: Iterable[Violation]) -> dict[str, Ladder]:
    policies = {row.policy for row in violations}
    return {policy.name: policy[Ladder] for policy in policies}
