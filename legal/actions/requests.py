"""An authority's request for personal data, step by step to the one place where it may leave."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.cases.models import Case
from klean.core.events.actors import Actor
from klean.core.events.record import record, subject_of
from klean.core.files.store import keep_file
from klean.core.privacy.models import Viewing
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from legal.facts import AuthorityRequestApproved, AuthorityRequestStateChanged, DataDisclosed
from legal.models import Approval, AuthorityRequest
from legal.queries.requests import disclosure_of
from legal.rules.bundle import canonical

State, Side = AuthorityRequest.State, Approval.Side


@dataclass(frozen=True, slots=True)
class Asked:
    """What the authority's letter says."""

    authority: str
    file_number: str
    officer: str
    legal_basis: str
    letter: bytes | None = None


@transaction.atomic
def receive_request(case: Case, asked: Asked, *, at: datetime, actor: Actor) -> AuthorityRequest:
    request = AuthorityRequest.objects.create(
        case=case,
        authority=asked.authority,
        file_number=asked.file_number,
        officer=asked.officer,
        legal_basis=asked.legal_basis,
        letter=keep_file(asked.letter, at=at) if asked.letter else None,
        received_by=str(actor),
        received_at=at,
    )
    record(
        AuthorityRequestStateChanged(request_id=request.pk, state=request.state),
        about=request,
        at=at,
        actor=actor,
    )
    return request


@transaction.atomic
def verify_request(request: AuthorityRequest, how: str, *, at: datetime, actor: Actor) -> AuthorityRequest:
    """The authority is who it says it is, and the law lets it ask."""
    return _move(request, State.VERIFIED, at=at, actor=actor, verified_how=how)


@transaction.atomic
def scope_request(
    request: AuthorityRequest, items: list[str], purpose: str, *, at: datetime, actor: Actor
) -> AuthorityRequest:
    """Name the kinds of data that are needed, and what for."""
    if not items:
        raise Refused(_("Name at least one kind of data, or refuse."), code="items")
    return _move(request, State.SCOPED, at=at, actor=actor, items=sorted(set(items)), purpose=purpose)


@transaction.atomic
def approve_request(
    request: AuthorityRequest, side: Approval.Side, *, at: datetime, actor: Actor
) -> AuthorityRequest:
    """One side's yes; with the other's, by another person, the data may be given out."""
    request = lock_row(AuthorityRequest, request.pk)
    if request.state != State.SCOPED:
        raise Refused(_("Only a scope that is named can be approved."), code="not_scoped")
    given = list(request.approvals.all())
    if any(approval.side == side for approval in given):
        raise Refused(_("This side has approved already."), code="approved_already")
    if any(approval.approved_by == str(actor) for approval in given):
        raise Refused(_("The other side is approved by another person."), code="second_person")
    Approval.objects.create(request=request, side=side, approved_by=str(actor), approved_at=at)
    record(AuthorityRequestApproved(request_id=request.pk, side=side), about=request, at=at, actor=actor)
    return _move(request, State.APPROVED, at=at, actor=actor) if given else request


@transaction.atomic
def disclose(
    request: AuthorityRequest, items: list[str], reasons: str, *, at: datetime, actor: Actor
) -> bytes:
    """Give out these kinds of what was approved, as JSON; who gave what to whom is written down first."""
    request = lock_row(AuthorityRequest, request.pk)
    chosen = sorted(set(items))
    if actor.person_id is None:
        raise Refused(_("Only a person gives out personal data."), code="person")
    if not chosen or not set(chosen) <= set(request.items):
        raise Refused(_("Give out at least one of the kinds that were approved, and no other."), code="items")
    is_whole = chosen == request.items
    if not is_whole and not reasons:
        raise Refused(_("Say why the rest is not given out."), code="reasons")
    data = canonical(_file(request, chosen, at))
    digest = hashlib.sha256(data).hexdigest()
    also = {
        "disclosed": chosen,
        "reasons": reasons,
        "sha256": digest,
        "answered_by": str(actor),
        "answered_at": at,
    }
    _move(request, State.DISCLOSED if is_whole else State.PARTLY, at=at, actor=actor, **also)
    words = f"{request.authority} {request.file_number}"[:200]
    Viewing.objects.bulk_create(
        Viewing(user_id=actor.person_id, subject=subject_of(request.case), field=item, reason=words, at=at)
        for item in chosen
    )
    record(
        DataDisclosed(request_id=request.pk, items=chosen, sha256=digest), about=request, at=at, actor=actor
    )
    return data


def _file(request: AuthorityRequest, items: list[str], at: datetime) -> dict[str, Any]:
    return {
        "authority": request.authority,
        "file_number": request.file_number,
        "legal_basis": request.legal_basis,
        "disclosed_at": at.isoformat(),
        "data": disclosure_of(request, items),
    }


@transaction.atomic
def refuse_request(
    request: AuthorityRequest, reasons: str, *, at: datetime, actor: Actor
) -> AuthorityRequest:
    also = {"reasons": reasons, "answered_by": str(actor), "answered_at": at}
    return _move(request, State.REFUSED, at=at, actor=actor, **also)


@transaction.atomic
def log_request(request: AuthorityRequest, *, at: datetime, actor: Actor) -> AuthorityRequest:
    """The answer is in the register of requests; nothing is left to do."""
    return _move(request, State.LOGGED, at=at, actor=actor)


def _move(
    request: AuthorityRequest, state: str, *, at: datetime, actor: Actor, **also: Any
) -> AuthorityRequest:
    request.step(state, **also)
    record(
        AuthorityRequestStateChanged(request_id=request.pk, state=state), about=request, at=at, actor=actor
    )
    return request
