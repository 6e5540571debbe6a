"""Publishing a month: counted, signed, frozen."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.facts import EditionPublished
from governance.models import Edition
from governance.queries.editions import body_of, head_as_of, text_of
from governance.rules.months import first_day, next_month
from klean.core.documents.actions import signing_key
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused


@transaction.atomic
def publish_edition(month: datetime, *, reason: str = "", at: datetime, actor: Actor) -> Edition:
    """Sign and freeze the figures of a month that is over; a second edition of a month corrects the first, with a reason."""
    lock_name("transparency editions")
    if next_month(month) > at:
        raise Refused(_("The month is not over yet."), code="month_running")
    corrected = Edition.objects.filter(month=first_day(month), corrected_by=None).first()
    if corrected and not reason.strip():
        raise Refused(
            _("Edition %(number)s of this month is out. A correction says what it corrects.")
            % {"number": corrected.number},
            code="reason_missing",
        )
    last = Edition.objects.order_by("-number").first()
    number, corrects = (last.number if last else 0) + 1, corrected.number if corrected else None
    head, key = head_as_of(at), signing_key(at=at, actor=actor)
    text = text_of(body_of(month, head, number=number, corrects=corrects))
    edition = Edition.objects.create(
        number=number,
        month=first_day(month),
        corrects=corrected,
        reason=reason.strip() if corrected else "",
        position=head.position,
        head=head.hash,
        body=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        signature=key.sign(text.encode()),
        key=key,
        published_by=str(actor),
        published_at=at,
    )
    fact = EditionPublished(edition=number, month=f"{month:%Y-%m}", sha256=edition.sha256, corrects=corrects)
    record(fact, about=edition, at=at, actor=actor)
    return edition
