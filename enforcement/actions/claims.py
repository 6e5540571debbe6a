"""Who has a case in hand: a lease that renews, runs out, and leaves its interval behind."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from enforcement.facts import CaseClaimed, CaseEscalated, CaseReleased
from enforcement.models import Case, CaseClaim, CaseNote, Mention
from enforcement.rules.settings import cases_in
from klean.core.actors import person
from klean.core.events import record
from klean.core.holding import hold
from klean.core.mail import write_mail
from klean.core.models import Role, User
from klean.core.policy import policy_at
from klean.core.refusals import Conflict, Refused

Ending = CaseClaim.Ending
LONGEST_HOLD = timedelta(days=7)
DESK_ROLES = (Role.MODERATOR, Role.SENIOR)


@transaction.atomic
def claim_case(case: Case, user: User, *, at: datetime) -> Case:
    """Take a case in hand, or renew one's own lease; refused while somebody else's is live."""
    held = hold_free_case(case, user.pk, at=at)
    until = at + cases_in(policy_at(at).body).claim
    if held.holder(at) == user.pk:
        _running(held).update(until=until)
        return _show(held, claimed_until=until)
    return _give(held, user, until, at=at)


def hold_free_case(case: Case, user_id: int | None, *, at: datetime) -> Case:
    """The pending case, held, that nobody but this person has in hand."""
    held = hold(Case, case.pk)
    if not held.is_pending:
        raise Refused(_("This case is already decided."), code="case_decided")
    holder = held.holder(at)
    if holder is not None and holder != user_id:
        raise Conflict(_("%(who)s has this case in hand.") % {"who": held.claimed_by}, code="case_claimed")
    return held


def _give(case: Case, user: User, until: datetime, *, at: datetime) -> Case:
    end_claim(case, Ending.EXPIRED, at=at)
    CaseClaim.objects.create(case=case, user=user, claimed_at=at, until=until)
    record(CaseClaimed(case_id=case.pk, user_id=user.pk), about=case, actor=person(user.pk))
    return _show(case, claimed_by=user, claimed_at=at, claimed_until=until)


def end_claim(case: Case, ending: CaseClaim.Ending, *, at: datetime) -> None:
    """End the running interval; one whose lease ran out ended then, and says so."""
    _running(case).filter(until__lte=at).update(ended_at=F("until"), ending=Ending.EXPIRED)
    _running(case).update(ended_at=Least(at, F("until")), ending=ending)


def _running(case: Case) -> QuerySet[CaseClaim]:
    return CaseClaim.objects.filter(case=case, ended_at=None)


def _show(case: Case, **fields: object) -> Case:
    Case.objects.filter(pk=case.pk).update(**fields)
    vars(case).update(fields)
    case.refresh_from_db(fields=list(fields))
    return case


@transaction.atomic
def release_case(case: Case, user: User, ending: CaseClaim.Ending = Ending.RELEASED, *, at: datetime) -> Case:
    """Let go of a case; a skipped one does not come back to the same person by itself."""
    held = hold_free_case(case, user.pk, at=at)
    if ending == Ending.SKIPPED and held.holder(at) != user.pk:
        CaseClaim.objects.create(case=held, user=user, claimed_at=at, until=at, ended_at=at, ending=ending)
    end_claim(held, ending, at=at)
    fact = CaseReleased(case_id=held.pk, user_id=user.pk, how=ending)
    record(fact, about=held, actor=person(user.pk))
    return _show(held, claimed_by=None, claimed_at=None, claimed_until=None)


@transaction.atomic
def hand_over_case(case: Case, user: User, to: User, *, at: datetime) -> Case:
    """Give a case to a named colleague, whose lease begins now."""
    if not to.has_role(*DESK_ROLES):
        raise Refused(_("%(who)s does not work at the desk.") % {"who": to}, code="not_at_the_desk")
    held = hold_free_case(case, user.pk, at=at)
    end_claim(held, Ending.HANDED_OVER, at=at)
    until = at + cases_in(policy_at(at).body).claim
    return _give(held, to, until, at=at)


@transaction.atomic
def escalate_case(case: Case, user: User, text: str, *, at: datetime) -> Case:
    """Ask a senior, with a word of why; the case leaves the moderators' own queue."""
    held = hold_free_case(case, user.pk, at=at)
    held.step(Case.State.ESCALATED)
    add_note(held, user, text, at=at)
    end_claim(held, Ending.ESCALATED, at=at)
    record(CaseEscalated(case_id=held.pk), about=held, actor=person(user.pk))
    return _show(held, claimed_by=None, claimed_at=None, claimed_until=None)


@transaction.atomic
def hold_case(case: Case, user: User, until: datetime, text: str, *, at: datetime) -> Case:
    """Keep a case in hand past the lease, with a word of why; others see until when."""
    held = hold_free_case(case, user.pk, at=at)
    if not at < until <= at + LONGEST_HOLD:
        raise Refused(
            _("A case is held for at most %(days)d days.") % {"days": LONGEST_HOLD.days}, code="hold"
        )
    add_note(held, user, text, at=at)
    if held.holder(at) == user.pk:
        _running(held).update(until=until)
        return _show(held, claimed_until=until)
    return _give(held, user, until, at=at)


@transaction.atomic
def add_note(case: Case, user: User, text: str, *, at: datetime) -> CaseNote:
    """Leave a word to the team; colleagues who are named with ``@`` are told."""
    note = CaseNote.objects.create(case=case, author=user, text=text, written_at=at)
    named = mentioned_in(
        text, User.objects.filter(memberships__role__in=DESK_ROLES, is_active=True).distinct()
    )
    Mention.objects.bulk_create(Mention(note=note, user=colleague) for colleague in named)
    for colleague in named:
        write_mail(
            key=f"mention-{note.pk}:{colleague.pk}",
            to=colleague.email,
            language=colleague.language,
            template="mail/enforcement/mention.txt",
            context={"case": case.pk, "by": str(user), "url": f"{settings.KLEAN_URL}/desk/cases/{case.pk}"},
            at=at,
        )
    return note


def mentioned_in(text: str, colleagues: Iterable[User]) -> list[User]:
    """Those whose name, or whose address before the @, stands behind an ``@`` in the text."""
    words = text.casefold()
    return [
        user
        for user in colleagues
        if any(
            re.search(rf"(?<!\w)@{re.escape(name.casefold())}(?!\w)", words)
            for name in (user.name, user.email.partition("@")[0])
            if name
        )
    ]
