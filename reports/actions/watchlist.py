"""The watchlist: screening's flags laid before the brand's holder, whose answers file notices and become labels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from brands.models import Brand
from klean.core.access.models import Role, User
from klean.core.events.actors import Actor
from klean.core.events.record import record_all
from klean.core.mail.deliveries import write_mails
from klean.core.mail.models import Mail
from klean.core.rows.locks import lock_name, lock_row
from klean.core.rows.refusals import Refused
from listings.models import Listing
from reports.actions.answers import withdraw_notice
from reports.actions.notices import Filed, Notifier, file_notice
from reports.facts.watchlist import WatchItemAdded
from reports.models.notices import NoticeItem
from reports.models.portal import WatchItem
from reports.queries.portal import flags_of

State = WatchItem.State


@dataclass(frozen=True, slots=True)
class FlaggedListing:
    """A listing that screening doubts for the sake of a brand, named as the brand file names it."""

    listing_id: int
    brand: str
    score: float


@transaction.atomic
def watch_listings(flagged: Iterable[FlaggedListing], *, at: datetime, actor: Actor) -> None:
    """Lay flagged listings before the holders of their brands, once a revision; a brand that nobody holds is left."""
    flagged = list(flagged)
    lock_name("watchlist")
    known = Brand.objects.select_related("rights_holder").exclude(rights_holder=None)
    brands = {brand.name: brand for brand in known.filter(name__in={one.brand for one in flagged})}
    listings = Listing.objects.in_bulk({one.listing_id for one in flagged if one.brand in brands})
    watched = set(WatchItem.objects.filter(listing__in=listings).values_list("brand", "listing", "revision"))
    items: dict[tuple[int, int, int], WatchItem] = {}
    for one in flagged:
        if brand := brands.get(one.brand):
            listing = listings[one.listing_id]
            item = WatchItem(
                brand=brand, listing=listing, revision=listing.revision, score=one.score, flagged_at=at
            )
            items.setdefault((brand.pk, listing.pk, listing.revision), item)
    new = WatchItem.objects.bulk_create(item for key, item in items.items() if key not in watched)
    record_all([(_added(item), item) for item in new], at=at, actor=actor)


def _added(item: WatchItem) -> WatchItemAdded:
    if item.brand.rights_holder is None:
        raise ValueError(f"nobody holds {item.brand}")
    return WatchItemAdded(
        organisation_id=item.brand.rights_holder.organisation_id,
        watch_item_id=item.pk,
        brand=item.brand.name,
        listing=item.listing.external_id,
        listing_id=item.listing_id,
        score=item.score,
    )


@transaction.atomic
def confirm_watched(item: WatchItem, *, by: User, at: datetime, actor: Actor) -> Filed:
    """The holder says that it is a fake: a complete notice is filed with the holder's own words on file."""
    item = lock_row(WatchItem, item.pk)
    holder = item.brand.rights_holder
    right = holder.ip_rights.order_by("pk").first() if holder else None
    if holder is None or right is None:
        raise Refused(_("Register a right first. Every notice needs one."), code="right_missing")
    item.step(State.CONFIRMED, answered_at=at, answered_by=by)
    return file_notice(
        [item.listing],
        Notifier.of(holder.organisation, user=by, language=by.language),
        reason="COUNTERFEIT",
        explanation=_words_about(item),
        right=right,
        good_faith=True,
        at=at,
        actor=actor,
    )


def _words_about(item: WatchItem) -> str:
    """The holder's statement, with what can be checked on the listing itself."""
    statement = _(
        "We have reviewed this listing and confirm that the goods offered are not genuine products "
        "of our brand."
    )
    return " ".join([statement, *flags_of([item.listing_id])[item.listing_id].reasons])[:5000]


@transaction.atomic
def wave_off_watched(item: WatchItem, *, by: User, at: datetime, actor: Actor) -> None:
    """The holder says that it is harmless; screening learns from it, the desk still decides."""
    lock_row(WatchItem, item.pk).step(State.WAVED_OFF, answered_at=at, answered_by=by)


@transaction.atomic
def take_back_watched(item: WatchItem, *, at: datetime, actor: Actor) -> None:
    """Undo an answer: the listing waits again, and the notice that the answer had filed is withdrawn."""
    item = lock_row(WatchItem, item.pk)
    filed = _filed_with(item, item.answered_at) if item.answered_at else None
    if filed and filed.outcome:
        raise Refused(_("This listing has already been decided."), code="decided_meanwhile")
    item.step(State.WAITING, answered_at=None, answered_by=None)
    if filed:
        withdraw_notice(filed.notice, at=at, actor=actor)


def _filed_with(item: WatchItem, answered_at: datetime) -> NoticeItem | None:
    """What the answer itself filed; a notice of an earlier or later hour stays."""
    mine = NoticeItem.objects.filter(listing=item.listing_id, notice__reporter=item.answered_by)
    return mine.filter(notice__filed_at=answered_at).select_related("notice").first()


@transaction.atomic
def alert_holders(*, at: datetime, actor: Actor) -> int:
    """One mail to each person of a holder about everything new on their watchlist; answers how many were written."""
    waiting = WatchItem.objects.select_for_update(of=("self",), skip_locked=True).filter(
        alerted_at=None, state=State.WAITING
    )
    items = list(waiting.select_related("brand__rights_holder", "listing").order_by("pk")[:2000])
    by_organisation: dict[int, list[WatchItem]] = {}
    for item in items:
        if item.brand.rights_holder:
            by_organisation.setdefault(item.brand.rights_holder.organisation_id, []).append(item)
    people = User.objects.filter(
        memberships__role=Role.RIGHTS_HOLDER, memberships__organisation__in=by_organisation, is_active=True
    ).values_list("pk", "email", "language", "memberships__organisation")
    mails = [
        Mail(
            key=f"watch:{by_organisation[organisation][-1].pk}:{pk}",
            to=email,
            language=language,
            template="mail/reports/watch_alert.txt",
            due_at=at,
            context={
                "count": len(by_organisation[organisation]),
                "link": f"{settings.KLEAN_URL}/rights/watchlist/",
                "titles": [item.listing.title for item in by_organisation[organisation][:20]],
            },
        )
        for pk, email, language, organisation in people
    ]
    write_mails(mails)
    WatchItem.objects.filter(pk__in=[item.pk for item in items]).update(alerted_at=at)
    return len(mails)
