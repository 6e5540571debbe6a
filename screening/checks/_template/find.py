"""Titles that shout."""

from screening.batch import Batch, Signals
from screening.signal import Item, Signal

from .settings import LoudTitleSettings

NAME = "loud_title"
MARK = "!"


def find_loud_titles(batch: Batch) -> Signals:
    """For each listing of the batch, a list of its signals, empty where there are none."""
    settings = batch.settings(LoudTitleSettings)
    return [_signals_of(item, settings.from_marks) for item in batch.items]


def _signals_of(item: Item, from_marks: int) -> list[Signal]:
    count = item.title.count(MARK)
    if count < from_marks:
        return []
    start, end = item.title.index(MARK), item.title.rindex(MARK) + 1
    evidence = {"field": "title", "start": start, "end": end, "text": item.title[start:end], "count": count}
    return [Signal(NAME, min(1.0, count / 10), evidence)]
