"""What happens to batches."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact


@dataclass(frozen=True, kw_only=True)
class BatchReversed(Fact):
    """Every decision of a batch was reversed."""

    name: ClassVar[str] = "enforcement.batch.reversed"
    sentence: ClassVar[str] = N_("Batch of decisions reversed")
    batch_id: int
    decision_ids: list[int]
