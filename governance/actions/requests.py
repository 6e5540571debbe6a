"""Answering people who ask about their own data."""

import io
import zipfile
from datetime import datetime, timedelta

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions.erasure import erase_rows, redact_texts
from governance.facts import SubjectDataExported, SubjectErased, SubjectRequestReceived, SubjectRequestRefused
from governance.models import SubjectRequest
from governance.queries.personal import (
    files_of,
    is_kept,
    kept_by_holds,
    mentioning,
    places_naming,
    records_about,
    rows_about,
)
from governance.rules.policy import Governance
from klean.core.access.models import Membership, User
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.events.record import record, subject_of
from klean.core.files.models import StoredFile
from klean.core.files.store import read_file
from klean.core.policy.queries import policy_at
from klean.core.privacy.actions import reveal
from klean.core.privacy.legal_holds import lock_legal_holds
from klean.core.privacy.models import Viewing
from klean.core.privacy.queries import inventory
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused

State = SubjectRequest.State


@transaction.atomic
def receive_request(
    kind: str, address: str, *, identity: str, known_as: str = "", at: datetime, actor: Actor
) -> SubjectRequest:
    """Write down what a person asks; it is to be answered within the days of the policy."""
    days = policy_at(at)[Governance].subject_request_days
    request = SubjectRequest.objects.create(
        kind=kind,
        address=address,
        known_as=known_as,
        identity=identity,
        user=User.objects.filter(email__iexact=address).first(),
        received_at=at,
        answer_by=at + timedelta(days=days),
    )
    record(SubjectRequestReceived(request_id=request.pk, kind=kind), about=request, at=at, actor=actor)
    return request


@transaction.atomic
def refuse_request(
    request: SubjectRequest, reasons: str, *, because: str = "person", at: datetime, actor: Actor
) -> SubjectRequest:
    """Say no, with reasons; the address goes when the days of complaints are over."""
    request.step(State.REFUSED, reasons=reasons, decided_at=at, decided_by=str(actor))
    record(SubjectRequestRefused(request_id=request.pk, reason=because), about=request, at=at, actor=actor)
    return request


@transaction.atomic
def erase_person(request: SubjectRequest, *, at: datetime, actor: Actor) -> SubjectRequest:
    """Erase the person of the request everywhere; refused while a hold or an open matter needs what is held."""
    lock_legal_holds()
    request = lock_row(SubjectRequest, request.pk)
    user, texts, contacts, names = request.user, request.texts, request.contacts, request.names
    _refuse_what_must_stay(request)
    request.step(State.DONE, decided_at=at, decided_by=str(actor))
    erased = {}
    for model, personal in inventory():
        rows = rows_about(model, personal, user, contacts)
        if count := erase_rows(model, personal, rows, is_asked_for=True, at=at, actor=actor):
            erased[model._meta.label] = count
    erased["mentions"] = redact_texts(texts, names, at=at, actor=actor)
    left = places_naming([*texts, *names])
    SubjectRequest.objects.filter(pk=request.pk).update(rows=erased, left=left)
    fact = SubjectErased(request_id=request.pk, rows=sum(erased.values()), remaining=len(left))
    record(fact, about=request, at=at, actor=actor)
    request.refresh_from_db()
    return request


def _refuse_what_must_stay(request: SubjectRequest) -> None:
    kept = kept_by_holds()
    under_hold, pending = 0, 0
    for model, personal in inventory():
        about = rows_about(model, personal, request.user, request.contacts)
        about = about.exclude(pk=request.pk) if model is SubjectRequest else about
        rows = model._default_manager.filter(is_kept(model, personal, kept))
        naming = mentioning(rows, personal, [*request.texts, *request.names])
        under_hold += rows.filter(Q(pk__in=about.values("pk")) | Q(pk__in=naming)).count()
        if personal.since and model is not User:
            pending += about.exclude(personal.ended).count() if personal.ended else 0
    if under_hold:
        raise Refused(
            _("A legal hold keeps %(count)s records of this person.") % {"count": under_hold}, code="held"
        )
    if pending:
        raise Refused(
            _("%(count)s records of this person are still needed: a report, claim or request is open.")
            % {"count": pending},
            code="still_needed",
        )


@transaction.atomic
def export_person(request: SubjectRequest, *, at: datetime, actor: Actor) -> bytes:
    """Everything about the person as a ZIP of JSON and files; handing it out is a viewing."""
    request = lock_row(SubjectRequest, request.pk)
    address = reveal(request, "address", reason=request.get_kind_display(), at=at, actor=actor)
    records = records_about(request.user, request.contacts)
    rows = sum(len(rows) for rows in records.values())
    if request.state == State.RECEIVED:
        request.step(State.DONE, decided_at=at, decided_by=str(actor))
    record(SubjectDataExported(request_id=request.pk, rows=rows), about=request, at=at, actor=actor)
    return _packed(request, {"address": address, "held": records, **_around(request)}, files_of(records))


def _around(request: SubjectRequest) -> dict[str, object]:
    """What the person did, which roles they have, and who looked at their data."""
    user = request.user
    if user is None:
        return {}
    mine = Event.objects.filter(actor=f"person:{user.pk}").order_by("pk")
    return {
        "roles": list(Membership.objects.filter(user=user).values("role", "organisation__name")),
        "actions": list(mine.values("name", "subject", "at")),
        "viewings": list(Viewing.objects.filter(subject=subject_of(user)).values("field", "reason", "at")),
    }


def _packed(request: SubjectRequest, content: dict[str, object], files: set[int]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        text = orjson.dumps(content, default=DjangoJSONEncoder().default, option=orjson.OPT_INDENT_2)
        packed.writestr("person.json", text)
        for stored in StoredFile.objects.filter(pk__in=files):
            packed.writestr(f"files/{stored.sha256}", read_file(stored))
    return buffer.getvalue()
