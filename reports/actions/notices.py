"""Filing a notice: complete, acknowledged in the same breath, and never twice for the same listing while open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from brands.models import IPRight
from klean.core.access.models import Organisation, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.store import PICTURES, keep_file
from klean.core.policy.queries import policy_at
from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused
from listings.models import Listing
from reports.actions.counters import ROUND, invite_sellers
from reports.actions.mails import mail_notifiers
from reports.actions.reporters import check_may_report
from reports.facts.notices import NoticeFiled
from reports.models.notices import Notice, NoticeItem
from reports.queries.notices import answer_by
from reports.queries.reporters import tier_of
from reports.rules.notices import NoticeElements, missing_elements
from reports.rules.policy import Reports

KIND_OF: dict[str, Notice.NotifierType] = {
    Organisation.Kind.RIGHTS_HOLDER: Notice.NotifierType.RIGHTS_HOLDER,
    Organisation.Kind.AUTHORITY: Notice.NotifierType.AUTHORITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifier:
    """Who reports. ``key`` is the same whenever the same person or organisation reports."""

    type: Notice.NotifierType
    key: str
    language: str
    user: User | None = None
    organisation: Organisation | None = None
    email: str = ""

    @classmethod
    def consumer(cls, user: User) -> Self:
        return cls(
            type=Notice.NotifierType.CONSUMER, key=f"user:{user.pk}", language=user.language, user=user
        )

    @classmethod
    def anonymous(cls, secret: str, *, email: str, language: str) -> Self:
        """Somebody known only by a secret that their browser keeps."""
        key = "browser:" + salted_hmac("reports.notifier", secret, algorithm="sha256").hexdigest()
        return cls(type=Notice.NotifierType.CONSUMER, key=key, language=language, email=email)

    @classmethod
    def of(cls, organisation: Organisation, *, user: User | None, language: str) -> Self:
        """A person or a machine that speaks for an organisation."""
        kind = KIND_OF.get(organisation.kind, Notice.NotifierType.OWN_INITIATIVE)
        return cls(
            type=kind,
            key=f"organisation:{organisation.pk}",
            language=language,
            user=user,
            organisation=organisation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The notice that now stands for the report; ``already_open`` are listings that an earlier one covers."""

    notice: Notice
    is_new: bool
    already_open: list[Listing]


@transaction.atomic
def file_notice(
    listings: Sequence[Listing],
    by: Notifier,
    *,
    reason: str,
    explanation: str = "",
    right: IPRight | None = None,
    right_kind: str = "",
    order: str = "",
    picture: bytes | None = None,
    claims_illegal: bool = False,
    good_faith: bool = False,
    at: datetime,
    actor: Actor,
) -> Filed:
    """Report listings. What this notifier has already open is joined; with nothing left over no notice is added."""
    listings = list({listing.pk: listing for listing in listings}.values())
    right_kind = right.kind if right else right_kind
    elements = NoticeElements(
        notifier_type=by.type,
        listings=len(listings),
        reason=reason,
        explanation=explanation,
        has_right=bool(right_kind),
        good_faith=good_faith,
    )
    if missing := missing_elements(elements, policy_at(at)[Reports]):
        raise Refused(
            _("The notice is incomplete: %(fields)s.") % {"fields": ", ".join(missing)},
            code="incomplete_notice",
        )
    lock_name(f"notifier {by.key}")
    check_may_report(by.key, at=at)
    open_items = NoticeItem.objects.filter(listing__in=listings, reporter_key=by.key, outcome="")
    open_in = dict(open_items.values_list("listing_id", "notice_id"))
    fresh = [listing for listing in listings if listing.pk not in open_in]
    already_open = [listing for listing in listings if listing.pk in open_in]
    if not fresh:
        earlier = Notice.objects.get(pk=open_in[already_open[0].pk])
        return Filed(notice=earlier, is_new=False, already_open=already_open)
    notice = Notice.objects.create(
        notifier_type=by.type,
        reporter=by.user,
        organisation=by.organisation,
        contact_email=by.email,
        language=by.language,
        right=right,
        right_kind=right_kind,
        reason=reason,
        explanation=explanation,
        order=order,
        picture=keep_file(picture, at=at, allowed=PICTURES) if picture else None,
        claims_illegal=claims_illegal,
        good_faith=good_faith,
        filed_at=at,
        answer_by=answer_by(by.type, tier_of(by.key), at=at),
    )
    items = [NoticeItem(notice=notice, listing=listing, reporter_key=by.key) for listing in fresh]
    NoticeItem.objects.bulk_create(items)
    notice.step(Notice.State.ACKNOWLEDGED)
    fact = NoticeFiled(
        notice_id=notice.pk,
        notifier_type=by.type,
        reason=reason,
        listings=[listing.external_id for listing in fresh],
        listing_ids=[listing.pk for listing in fresh],
    )
    record(fact, about=notice, at=at, actor=actor)
    invite_sellers(notice, items, at=at, actor=ROUND)
    mail_notifiers([(notice, items)], "acknowledged", at=at)
    return Filed(notice=notice, is_new=True, already_open=already_open)
