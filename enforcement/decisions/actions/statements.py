"""Statements of reasons: rendered once in each language from the structured decision, mailed to the seller's people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import override

from enforcement.decisions.facts import StatementIssued
from enforcement.decisions.models import Decision, Statement
from enforcement.decisions.rules.policy import Appeals
from enforcement.decisions.rules.statements import Imposed, Reasoned, dsa_fields
from enforcement.sanctions.models import Measure, Sanction
from klean.core.access.models import Membership, Role
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.mail.deliveries import write_mail
from klean.core.policy.rules.calendar import Calendar
from klean.core.policy.titles import title_of
from klean.core.rows.texts import SOURCE_LANGUAGE, Texts, in_each_language, in_language
from reports.models.notices import NoticeItem


def issue_statement(
    decision: Decision, sanctions: Iterable[Sanction], *, was_removed: bool, at: datetime, actor: Actor
) -> Statement:
    """Tell the seller what was decided, on what ground, and what follows."""
    sanctions = list(sanctions)
    # What an earlier decision of the case ordered was lifted when this one took its place.
    own = Q(case=decision.case_id, lifted_at=None, starts_at__gte=decision.in_force_at)
    about = own | Q(sanction__in=sanctions)
    measures = list(Measure.objects.filter(about, seller=decision.seller_id).order_by("pk"))
    day_of = decision.policy[Calendar].day_of
    with override(SOURCE_LANGUAGE):
        ground = decision.get_ground_display()
        rule = title_of("ladder", "severities", decision.severity)
    decided_at = decision.in_force_at or decision.decided_at
    reasoned = Reasoned(
        puid=f"klean-{decision.pk}",
        ground=decision.ground,
        rule=f"{decision.policy.name}: {rule}",
        source=decision.case.source,
        facts=decision.reasons,
        explanation=ground,
        was_removed=was_removed,
        automated=decision.automated,
        content_on=day_of(decision.case.listing.first_seen_at if decision.case.listing else decided_at),
        decided_on=day_of(decided_at),
    )
    imposed = [
        *(Imposed(row.kind, row.ends_at and day_of(row.ends_at)) for row in measures),
        *(Imposed(row.rung, row.ends_at and day_of(row.ends_at)) for row in sanctions),
    ]
    fields = dsa_fields(reasoned, imposed)
    context = {
        "decision": decision,
        "case": decision.case,
        "sanctions": sanctions,
        "violation": decision.violation,
        "was_removed": was_removed,
        "measures": [row.kind for row in measures],
        "by_person": actor.kind == "person",
        "appeal_days": decision.policy[Appeals].window_days,
    }
    return _issue(decision, Statement.Kind.DECISION, fields, context, at=at, actor=actor)


def issue_reporter_statement(decision: Decision, *, at: datetime, actor: Actor) -> Statement | None:
    """The reasons for those who reported the listing, without a word about the seller; they are mailed the outcome."""
    listing = decision.case.listing
    if listing is None or not NoticeItem.objects.filter(listing=listing).exclude(outcome="").exists():
        return None
    context = {
        "decision": decision,
        "case": decision.case,
        "was_removed": Decision.Action.REMOVE_LISTING in decision.actions,
        "appeal_days": decision.policy[Appeals].window_days,
    }
    return _write(
        decision,
        Statement.Party.REPORTER,
        Statement.Kind.DECISION,
        "reporter.txt",
        {"puid": f"klean-{decision.pk}-reporter"},
        context,
        at=at,
        actor=actor,
    )


def correct_statement(
    decision: Decision,
    lifted: Iterable[Sanction],
    *,
    replaced: bool,
    reasons: Texts,
    at: datetime,
    actor: Actor,
) -> Statement:
    """Tell the seller that a decision was annulled, and what was undone, or that another takes its place."""
    listing = decision.case.listing
    fields: dict[str, Any] = {"puid": f"klean-{decision.pk}-correction", "corrects": f"klean-{decision.pk}"}
    context = {
        "decision": decision,
        "case": decision.case,
        "lifted": list(lifted),
        "reasons": reasons,
        "is_back": listing is not None
        and listing.is_on
        and Decision.Action.REMOVE_LISTING in decision.actions,
        "is_off": listing is not None and not listing.is_on,
        "replaced": replaced,
    }
    return _issue(decision, Statement.Kind.CORRECTION, fields, context, at=at, actor=actor)


def _issue(
    decision: Decision,
    kind: Statement.Kind,
    fields: dict[str, Any],
    context: dict[str, Any],
    *,
    at: datetime,
    actor: Actor,
) -> Statement:
    name = f"{kind.value.lower()}.txt"
    party = Statement.Party.SELLER
    statement = _write(decision, party, kind, name, fields, context, at=at, actor=actor)
    notify_seller(decision, statement.puid, name, texts=statement.texts, at=at)
    return statement


def _write(
    decision: Decision,
    party: Statement.Party,
    kind: Statement.Kind,
    name: str,
    fields: dict[str, Any],
    context: dict[str, Any],
    *,
    at: datetime,
    actor: Actor,
) -> Statement:
    template = f"enforcement/statements/{name}"
    statement = Statement.objects.create(
        decision=decision,
        party=party,
        kind=kind,
        puid=fields["puid"],
        fields=fields,
        texts=in_each_language(lambda: render_to_string(template, context).strip()),
        issued_at=at,
    )
    fact = StatementIssued(
        statement_id=statement.pk, decision_id=decision.pk, puid=statement.puid, party=statement.party
    )
    record(fact, about=decision.case, at=at, actor=actor)
    return statement


def notify_seller(decision: Decision, key: str, template: str, *, texts: Texts, at: datetime) -> None:
    """One mail to each person of the shop, in their language."""
    members = Membership.objects.filter(
        role=Role.SELLER, organisation=decision.seller.organisation_id, organisation__isnull=False
    )
    url = f"{settings.KLEAN_URL}/seller/decisions/{decision.pk}"
    for member in members.select_related("user"):
        user = member.user
        write_mail(
            key=f"{key}:{user.pk}",
            to=user.email,
            language=user.language,
            template=f"mail/enforcement/{template}",
            context={"decision_id": decision.pk, "text": in_language(texts, user.language), "url": url},
            at=at,
        )
