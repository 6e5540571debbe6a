"""Asking for support, and deciding on it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.mail.deliveries import write_mail
from klean.core.policy.queries import day_of, policy_at
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from legal.facts import SupportDecided, SupportRequested
from legal.models import SupportApplication
from legal.queries.support import granted_of, support_fund
from legal.rules.policy import Legal
from legal.rules.support import points_of
from mystery_shop.models import Fund

State = SupportApplication.State


@dataclass(frozen=True, slots=True)
class Asking:
    firm: str
    size: str
    right: str
    revenue: int
    story: str
    asked: int


@transaction.atomic
def ask_for_support(user: User, asking: Asking, *, at: datetime, actor: Actor) -> SupportApplication:
    """Take an application in, its points by the criteria in force; one at a time."""
    policy, fund = policy_at(at), support_fund(day_of(at))
    terms = policy[Legal].support
    if fund is None:
        raise Refused(_("No fund gives support at the moment."), code="no_fund")
    if asking.asked > terms.max_amount:
        raise Refused(
            _("At most %(most)s won can be asked for.") % {"most": f"{terms.max_amount:,}"}, code="asked"
        )
    lock_row(User, user.pk)
    if SupportApplication.objects.filter(applicant=user, state=State.SUBMITTED).exists():
        raise Refused(_("Your last application is still being looked at."), code="pending")
    parts = points_of(asking.size, asking.right, asking.revenue, terms)
    application = SupportApplication.objects.create(
        applicant=user,
        fund=fund,
        **asdict(asking),
        policy=policy,
        points=sum(part.points for part in parts),
        parts=[asdict(part) for part in parts],
        submitted_at=at,
    )
    fact = SupportRequested(application_id=application.pk, asked=asking.asked, points=application.points)
    record(fact, about=application, at=at, actor=actor)
    return application


@transaction.atomic
def grant_support(
    application: SupportApplication, granted: int, reasons: str, *, at: datetime, actor: Actor
) -> SupportApplication:
    """Grant what the points allow and the fund still has."""
    fund = lock_row(Fund, application.fund_id)
    enough = application.policy[Legal].support.from_points
    if application.points < enough:
        raise Refused(
            _("Support is granted from %(enough)s points.") % {"enough": enough}, code="too_few_points"
        )
    if not 0 < granted <= application.asked:
        raise Refused(_("Grant more than nothing and no more than was asked for."), code="granted")
    if granted > fund.amount - granted_of(fund):
        raise Refused(_("The fund has less left."), code="fund_exceeded")
    return _decide(application, State.GRANTED, granted, reasons, at=at, actor=actor)


@transaction.atomic
def decline_support(
    application: SupportApplication, reasons: str, *, at: datetime, actor: Actor
) -> SupportApplication:
    return _decide(application, State.DECLINED, 0, reasons, at=at, actor=actor)


def _decide(
    application: SupportApplication, state: str, granted: int, reasons: str, *, at: datetime, actor: Actor
) -> SupportApplication:
    also = {"granted": granted or None, "reasons": reasons, "decided_by": str(actor), "decided_at": at}
    application.step(state, **also)
    fact = SupportDecided(application_id=application.pk, state=state, granted=granted)
    record(fact, about=application, at=at, actor=actor)
    applicant = application.applicant
    write_mail(
        key=f"support {application.pk}",
        to=applicant.email,
        language=applicant.language,
        template="mail/legal/support.txt",
        at=at,
        context={
            "granted": f"{granted:,}" if granted else "",
            "reasons": reasons,
            "points": application.points,
        },
    )
    return application
