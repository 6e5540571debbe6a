"""What follows from a reporter's record: tiers by review, misuse measures step by step."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.access.models import Role, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.mail.deliveries import write_mails
from klean.core.mail.models import Mail
from klean.core.policy.queries import policy_at
from klean.core.policy.rules.calendar import Calendar
from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused
from reports.facts.reporters import MisuseMeasureImposed, MisuseMeasureLifted, ReporterTierChanged
from reports.models.notices import NoticeItem
from reports.models.reporters import MisuseMeasure, ReporterTier
from reports.queries.reporters import figures_of, highest_rung, live_rung, was_lifted
from reports.rules.accuracy import Figures, rungs_open, tier_after
from reports.rules.policy import Reports

State, Rung = ReporterTier.State, MisuseMeasure.Rung


def review_reporters(*, at: datetime, actor: Actor) -> int:
    """Bring every tier up to date and warn where most reports were wrong; answers how many changed."""
    terms = policy_at(at)[Reports]
    fewest = min(terms.tiers.min_listings, terms.misuse.min_listings)
    found = figures_of(None, at=at, min_listings=fewest)
    standing = set(ReporterTier.objects.exclude(state=State.STANDARD).values_list("reporter_key", flat=True))
    changed = sum(
        _review_tier(key, found.get(key, Figures()), at=at, actor=actor)
        for key in sorted(set(found) | standing)
    )
    bad = [key for key, figures in found.items() if figures.is_misuse(terms.misuse)]
    return changed + sum(_warn(key, at=at, actor=actor) for key in sorted(bad))


@transaction.atomic
def _review_tier(key: str, figures: Figures, *, at: datetime, actor: Actor) -> bool:
    terms = policy_at(at)[Reports].tiers
    lock_name(f"reporter {key}")
    tier = ReporterTier.objects.filter(reporter_key=key).first()
    state = tier.state if tier else State.STANDARD
    lock_is_over = not (tier and tier.locked_until and tier.locked_until > at)
    after = tier_after(state, figures, terms, lock_is_over=lock_is_over)
    if after == state:
        return False
    tier = tier or ReporterTier.objects.create(reporter_key=key, since=at)
    locked_until = at + timedelta(days=terms.locked_days) if after == State.LOCKED else None
    tier.step(after, since=at, locked_until=locked_until)
    record(ReporterTierChanged(tier_id=tier.pk, before=state, after=after), about=tier, at=at, actor=actor)
    return True


@transaction.atomic
def _warn(key: str, *, at: datetime, actor: Actor) -> bool:
    """A first warning comes by itself; everything harder, and lifting it, is a person's decision that stands."""
    lock_name(f"reporter {key}")
    if highest_rung(key, at=at) or was_lifted(key, at=at):
        return False
    _impose(key, Rung.WARNING, "", at=at, actor=actor)
    return True


def _impose(key: str, rung: str, reasons: str, *, at: datetime, actor: Actor) -> MisuseMeasure:
    days = policy_at(at)[Reports].misuse.days[rung]
    row = MisuseMeasure.objects.create(
        reporter_key=key,
        rung=rung,
        reasons=reasons,
        imposed_at=at,
        imposed_by=str(actor),
        ends_at=at + timedelta(days=days),
    )
    record(MisuseMeasureImposed(measure_id=row.pk, rung=rung), about=row, at=at, actor=actor)
    _write_to_reporter(row, at=at)
    return row


def _write_to_reporter(measure: MisuseMeasure, *, at: datetime) -> None:
    """Whoever is behind the key: the person, or the people who act for the rights holder."""
    kind, _sep, number = measure.reporter_key.partition(":")
    people = User.objects.filter(is_active=True)
    if kind == "user":
        people = people.filter(pk=number)
    elif kind == "organisation":
        people = people.filter(memberships__organisation=int(number), memberships__role=Role.RIGHTS_HOLDER)
    else:
        return
    context = {
        "rung": measure.rung,
        "reasons": measure.lifted_for or measure.reasons,
        "until": policy_at(at)[Calendar].day_of(measure.ends_at).isoformat(),
        "link": f"{settings.KLEAN_URL}/accuracy",
    }
    news = "lifted" if measure.lifted_at else "imposed"
    write_mails(
        [
            Mail(
                key=f"misuse:{measure.pk}:{news}:{one.pk}",
                to=one.email,
                language=one.language,
                template=f"mail/reports/misuse_{news}.txt",
                context=context,
                due_at=at,
            )
            for one in people
        ]
    )


@transaction.atomic
def impose_measure(key: str, rung: str, reasons: str, *, at: datetime, actor: Actor) -> MisuseMeasure:
    """A person warns, restricts or suspends a reporter; no step is skipped."""
    lock_name(f"reporter {key}")
    if not reasons.strip() or actor.person_id is None:
        raise Refused(_("Give reasons. They are shown to the reporter."), code="reasons_missing")
    if not NoticeItem.objects.filter(reporter_key=key).exists():
        raise Refused(_("This reporter has not reported anything."), code="unknown_reporter")
    if rung not in rungs_open(highest_rung(key, at=at)):
        raise Refused(_("Measures go in order: warning, daily limit, suspension."), code="rung_skipped")
    return _impose(key, rung, reasons, at=at, actor=actor)


@transaction.atomic
def lift_measure(measure: MisuseMeasure, reasons: str, *, at: datetime, actor: Actor) -> None:
    """A person says that it was wrong: it counts no more, and the reporter is told; again says nothing."""
    if not reasons.strip() or actor.person_id is None:
        raise Refused(_("Give reasons. They are shown to the reporter."), code="reasons_missing")
    standing = MisuseMeasure.objects.filter(pk=measure.pk, lifted_at=None)
    if not standing.update(lifted_at=at, lifted_by=str(actor), lifted_for=reasons):
        return
    measure.refresh_from_db()
    fact = MisuseMeasureLifted(measure_id=measure.pk, rung=measure.rung)
    record(fact, about=measure, at=at, actor=actor)
    _write_to_reporter(measure, at=at)


def check_may_report(key: str, *, at: datetime) -> None:
    """A suspended reporter files nothing, a restricted one few a day."""
    rung = live_rung(key, at=at)
    if rung == Rung.SUSPENSION:
        raise Refused(
            _("You cannot report for now, because most of your recent reports were not confirmed."),
            code="suspended",
        )
    if rung == Rung.RESTRICTION:
        limit = policy_at(at)[Reports].misuse.restricted_per_day
        today = NoticeItem.objects.filter(reporter_key=key, notice__filed_at__gt=at - timedelta(days=1))
        if today.count() >= limit:
            raise Refused(
                _(
                    "You can report up to %(limit)d listings a day for now, because most of your recent reports "
                    "were not confirmed."
                )
                % {"limit": limit},
                code="restricted",
            )
