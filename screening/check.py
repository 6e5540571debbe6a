"""What a check is: the kinds of signal that it finds, in words and features, and the code that finds them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from screening.batch import Batch, Signals
from screening.evidence import Evidence
from screening.signal import Signal
from screening.words import Words

E = TypeVar("E", bound=Evidence)
# What reading evidence raises that another version stored: an entry is missing, or not of the type it has today.
EVIDENCE_FAULTS = (KeyError, TypeError, ValueError, AttributeError)


def strength(signal: Signal) -> float:
    """The value of a signal as it is."""
    return signal.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A number in 0..1 that the model weighs, from the strongest signal that has it; a new one weighs nothing until
    a model is trained.

    One that ``names_brand`` is high where the listing names a brand. ``product`` names a second feature: this one times
    the strongest that names a brand.
    """

    name: str
    value: Callable[[Signal], float] = strength
    names_brand: bool = False
    product: str = ""

    def of(self, signal: Signal) -> float:
        """The value for a signal; 0 where its evidence, stored by another version, lacks what is read."""
        try:
            return self.value(signal)
        except EVIDENCE_FAULTS:
            return 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[E]):
    """A kind of signal: its label, its evidence and its sentence.

    One that ``corroborates`` is evidence against the listing; one that ``is_reason`` speaks of the listing itself, so
    that a decision may rest on its words. One that is ``always_reviewed`` is never clear.
    """

    name: str
    label: str
    evidence: type[E]
    sentence: Callable[[E], Words]
    features: tuple[Feature, ...] = ()
    corroborates: bool | Callable[[Signal], bool] = False
    is_reason: bool = False
    always_reviewed: bool = False

    def speaks_against(self, signal: Signal) -> bool:
        """Whether a signal of this kind corroborates; not where its evidence lacks what is read."""
        try:
            return self.corroborates(signal) if callable(self.corroborates) else self.corroborates
        except EVIDENCE_FAULTS:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One way to look at listings; ``run`` gives, for each listing of a batch, what it found.

    It runs after the checks that it ``needs``, or after all others if it ``runs_last``. ``settings`` is the table of
    the policy that it reads: ``[screening.<name of the check>]``, unless ``section`` names another.
    """

    name: str
    kinds: tuple[Kind[Any], ...]
    run: Callable[[Batch], Signals]
    needs: tuple[str, ...] = ()
    runs_last: bool = False
    settings: type[BaseModel] | None = None
    section: str = ""

    @property
    def table(self) -> str:
        """Where in a policy its settings stand."""
        return self.section or f"screening.{self.name}"
