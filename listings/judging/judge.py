"""Judging listings by what the database knows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from listings.judging.items import item_of_row
from listings.judging.known import known_sellers
from listings.judging.pictures import LoadedPicture, load_pictures
from listings.judging.screener import screener_at
from listings.rules.rows import ListingRow
from screening.checks.image_match.settings import PictureSettings
from screening.checks.permit.papers import PermitsNeeded, needed_for
from screening.judgement import Judgement
from screening.screener import Screener
from screening.signal import Item, UnreadablePicture


def judge(items: Sequence[Item], screener: Screener, *, at: datetime) -> list[Judgement]:
    """A judgement for each listing, in their order; what their sellers are like is read for all of them at once."""
    if not items:
        return []
    permits = screener.policy.table(PermitsNeeded).root
    sellers = known_sellers(
        {item.seller for item in items},
        at=at,
        apart_from=[item.id for item in items],
        with_permits=_asked_for_permits(items, permits),
    )
    return screener.judge(items, sellers, at=at)


def judge_now(row: ListingRow, *, at: datetime) -> Judgement:
    """The judgement of one offer that is not stored."""
    return judge_rows([row], screener_at(at), at=at)[0]


def judge_rows(rows: Sequence[ListingRow], screener: Screener, *, at: datetime) -> list[Judgement]:
    """The judgements of offers that are not stored; one with a picture that cannot be had is to be reviewed."""
    limits = screener.policy.table(PictureSettings)
    links = [row.pictures[: limits.max_pictures] for row in rows]
    loaded = iter(load_pictures([link for own in links for link in own], limits.max_bytes))
    pictures = [[next(loaded) for _ in own] for own in links]
    items = [
        item_of_row(row, [one.hashed for one in own if one.hashed], _unreadable(own))
        for row, own in zip(rows, pictures, strict=True)
    ]
    return judge(items, screener, at=at)


def _asked_for_permits(items: Sequence[Item], permits: Mapping[str, Sequence[str]]) -> set[str]:
    """Sellers of goods that need a paper."""
    return {item.seller for item in items if needed_for(item.category, permits)}


def _unreadable(loaded: Sequence[LoadedPicture]) -> Iterator[UnreadablePicture]:
    for position, one in enumerate(loaded):
        if fault := one.fault or one.not_now:
            yield UnreadablePicture(position, one.address, fault)
