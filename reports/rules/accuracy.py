"""How reliable a reporter is, by a formula that everybody may read, and what follows from it.

accuracy = confirmed / (confirmed + not confirmed), over the listings answered within the window. A report that was
withdrawn after the seller had answered it counts as not confirmed; one withdrawn before counts for nothing. A
counter-notice is successful when the notifier accepted it or the decision followed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.rules.policy import Interim, Misuse, Tiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A reporter's answered listings within the window."""

    upheld: int = 0
    dismissed: int = 0
    countered: int = 0

    @property
    def answered(self) -> int:
        return self.upheld + self.dismissed

    @property
    def upheld_percent(self) -> float | None:
        return 100 * self.upheld / self.answered if self.answered else None

    @property
    def countered_percent(self) -> float:
        return 100 * self.countered / self.answered if self.answered else 0.0

    def is_reliable(self, terms: Tiers) -> bool:
        """Whether the figures carry the good-faith tier."""
        return bool(
            self.answered >= terms.min_listings
            and (self.upheld_percent or 0) >= terms.upheld_percent
            and self.countered_percent <= terms.countered_percent
        )

    def is_misuse(self, terms: Misuse) -> bool:
        """Whether so much was not confirmed that the reporter is warned."""
        share = self.upheld_percent or 0
        return bool(self.answered >= terms.min_listings and share < terms.warn_below_percent)


def tier_after(state: str, figures: Figures, terms: Tiers, *, lock_is_over: bool) -> str:
    """The tier that follows: good faith is earned in two reviews, lost in one, and then locked for a while."""
    reliable = figures.is_reliable(terms)
    after = {
        "STANDARD": "CANDIDATE" if reliable else "STANDARD",
        "CANDIDATE": "ADMITTED" if reliable else "STANDARD",
        "ADMITTED": "ADMITTED" if reliable else "LOCKED",
        "LOCKED": "STANDARD" if lock_is_over else "LOCKED",
    }
    return after[state]


NEXT_RUNG: Mapping[str, str] = {"": "WARNING", "WARNING": "RESTRICTION", "RESTRICTION": "SUSPENSION"}


def rungs_open(highest: str) -> list[str]:
    """The measures that may follow the highest one within memory: no step is skipped, each may be repeated."""
    following = NEXT_RUNG.get(highest, "")
    return [rung for rung in (highest, following) if rung]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependentReports:
    """Who reports a listing, each independent of the others; ``formal`` assert a right, reliable or not."""

    formal: int
    authorities: int
    admitted: int
    reliable_others: int
    screening: float


def may_quarantine(reports: IndependentReports, terms: Interim) -> bool:
    """Whether a listing is stopped while it is examined: never on one report alone, unless the policy says so.

    Somebody who answers for it must report it, and enough others. Accounts without a record do not count here, however
    many they are.
    """
    if terms.stops_on_filing and reports.formal:
        return True
    answerable = reports.authorities + reports.admitted
    independent = answerable + reports.reliable_others + (reports.screening >= terms.screening_from)
    return answerable > 0 and independent >= terms.independent_reports
