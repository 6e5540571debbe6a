"""A seller's points as the ladder counts them, from the rows, for any policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from enforcement.models import Decision, Measure, Rung, Sanction, Violation
from enforcement.rules.ladder import Entry, Ladder, Outlook, Past, ledger_of, outlooks, what_if
from enforcement.rules.parsing import LadderFault, ladder_from
from enforcement.rules.standing import SISTERS, standing_under
from klean.core.models import PolicyVersion
from klean.core.policy import policy_at
from klean.core.refusals import Refused
from reports.models import NoticeItem
from sellers.models import Seller


@lru_cache(maxsize=64)
def _ladder(policy_id: int, name: str) -> Ladder:
    try:
        return ladder_from(PolicyVersion.objects.get(pk=policy_id).body.get("ladder", {}))
    except LadderFault as fault:
        raise Refused(f"{name}: {fault}", code="policy_fault") from fault


def ladder_of(policy: PolicyVersion) -> Ladder:
    """The ladder that this published policy holds."""
    return _ladder(policy.pk, policy.name)


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
    """The seller's violations that nobody voided, with their decisions and policies."""
    return [row for row in _with_decisions(seller_id) if row.voided_at is None]


def violations_of(seller_id: int, *, at: datetime) -> list[Violation]:
    """Those that stood at that time, also where they fell later."""
    return [row for row in _with_decisions(seller_id) if row.voided_at is None or row.voided_at > at]


def _with_decisions(seller_id: int) -> QuerySet[Violation]:
    rows = Violation.objects.filter(seller_id=seller_id)
    return rows.select_related("decision__policy", "decision__case__listing").order_by("confirmed_at", "pk")


def entries_of(violations: Iterable[Violation]) -> list[Entry]:
    violations = list(violations)
    return ledger_of(_pasts(violations), _ladders(violations))


def outlook_if(
    seller_id: int, severities: Iterable[str], *, at: datetime, policy: PolicyVersion | None = None
) -> dict[str, Entry]:
    """For each severity: the ledger entry that one more violation of it would make now."""
    violations = standing_violations(seller_id)
    policy = policy or policy_at(at)
    ladders = {**_ladders(violations), policy.name: ladder_of(policy)}
    known = [severity for severity in severities if severity in ladders[policy.name].severities]
    return {
        severity: what_if(_pasts(violations), ladders, severity, policy=policy.name, at=at)
        for severity in known
    }


def outlook_many(seller_id: int, count: int, *, at: datetime) -> list[dict[str, Entry]]:
    """For the first, second … of ``count`` more violations, all of one severity: what it would make."""
    violations = standing_violations(seller_id)
    policy = policy_at(at)
    ladders = {**_ladders(violations), policy.name: ladder_of(policy)}
    rows: list[dict[str, Entry]] = [{} for _ in range(count)]
    for severity in (name for name in Decision.Severity.values if name in ladders[policy.name].severities):
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
        outlooks=outlooks(entries_of(violations), ladder_of(policy), at=at),
        sanctions=sanctions,
        measures=measures,
        violations={violation.pk: violation for violation in violations},
    )


def notices_of(standing: Standing) -> dict[int, list[int]]:
    """For each listing of the ledger: the notices that were upheld about it."""
    listings = {row.decision.case.listing_id for row in standing.violations.values()}
    items = NoticeItem.objects.filter(listing__in=listings - {None}, outcome=NoticeItem.Outcome.UPHELD)
    found: dict[int, list[int]] = {}
    for listing_id, notice_id in items.order_by("notice").values_list("listing_id", "notice_id"):
        found.setdefault(listing_id, []).append(notice_id)
    return found


def _pasts(violations: Iterable[Violation]) -> list[Past]:
    return [Past(row.pk, row.severity, row.confirmed_at, row.decision.policy.name) for row in violations]


def _ladders(violations: Iterable[Violation]) -> dict[str, Ladder]:
    policies = {row.decision.policy for row in violations}
    return {policy.name: ladder_of(policy) for policy in policies}
