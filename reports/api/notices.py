"""Notices by machine and by rights holders: file one or many, follow one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BooleanField, CharField, ListField, Serializer
from rest_framework.views import APIView

from brands.models import IPRight
from klean.core.access.authentication import Machine
from klean.core.access.models import Organisation, Role, User
from klean.core.policy.queries import policy_at
from klean.core.policy.rules.catalogues import catalogued
from klean.core.rows.refusals import Refused
from klean.core.rows.texts import own_language
from klean.core.rows.validators import refuse_resident_number
from klean.core.web.idempotency import idempotent
from klean.core.web.permissions import allow, api_actor
from listings.queries.named import listings_named
from reports.actions.notices import Filed, Notifier, file_notice
from reports.models.notices import Notice
from reports.queries.notices import faults_of_notice, notice_for, notice_reasons, rights_of
from reports.rules.notices import NoticeElements
from reports.rules.policy import Reports


def organisations_of(request: Request) -> list[Organisation]:
    """Whom the caller speaks for: a key for its owner, a person for the rights holders that they act for."""
    user: Any = request.user
    if isinstance(user, Machine):
        return [user.organisation]
    ids = user.organisation_ids(Role.RIGHTS_HOLDER)
    return list(Organisation.objects.filter(pk__in=ids).order_by("pk"))


class NoticeInput(Serializer[Any]):
    listings = ListField(child=CharField(max_length=2000), max_length=1000)
    right = CharField(max_length=60, required=False, default="", allow_blank=True)
    reason = CharField(max_length=200, help_text="The code of a reason, or a text of your own.")
    explanation = CharField(
        max_length=20_000, required=False, default="", allow_blank=True, validators=[refuse_resident_number]
    )
    good_faith = BooleanField(required=False, default=False)
    claims_illegal = BooleanField(required=False, default=False)


class NoticeBatchInput(Serializer[Any]):
    notices = ListField(child=NoticeInput())


def notice_body(notice: Notice) -> dict[str, Any]:
    """A notice as the API tells of it; ``id`` is its tracking number."""
    items = notice.items.select_related("listing").order_by("pk")
    return {
        "id": notice.reference,
        "state": notice.state,
        "reason": notice.reason,
        "right": notice.right.number if notice.right else notice.right_kind,
        "filed_at": notice.filed_at,
        "listings": [
            {"listing": item.listing.external_id, "outcome": item.outcome, "answered_at": item.answered_at}
            for item in items
        ],
    }


def _file(given: dict[str, Any], request: Request, at: datetime) -> Filed:
    """File one checked body, or raise ``ValidationError`` naming every field that is not right."""
    organisations = organisations_of(request)
    if not organisations:
        raise PermissionDenied("You do not act for a rights holder.")
    right, right_kind = _right(given["right"], organisations)
    holder = right.rights_holder.organisation if right else organisations[0]
    organisation = holder if holder in organisations else organisations[0]
    user = request.user if isinstance(request.user, User) else None
    by = Notifier.of(organisation, user=user, language=user.language if user else own_language())
    named = listings_named(given["listings"])
    reason, explanation = catalogued(given, [code for code, _words in notice_reasons(by.type, at=at)])
    elements = NoticeElements(
        notifier_type=by.type,
        listings=len(given["listings"]),
        reason=reason,
        explanation=explanation,
        has_right=bool(right_kind),
        good_faith=given["good_faith"],
    )
    faults = {field: [words] for field, words in faults_of_notice(elements, at=at).items()}
    if given["right"] and not right_kind:
        faults["right"] = [
            "Give the number of one of your rights, or the kind of a right, such as trademark."
        ]
    unknown = [text for text in given["listings"] if text not in named]
    if unknown:
        faults.setdefault("listings", []).append(f"Unknown listings: {', '.join(unknown[:20])}.")
    if faults:
        raise ValidationError(faults)
    return file_notice(
        list(named.values()),
        by,
        reason=reason,
        explanation=explanation,
        right=right,
        right_kind=right_kind,
        claims_illegal=given["claims_illegal"],
        good_faith=given["good_faith"],
        at=at,
        actor=api_actor(request),
    )


def _right(text: str, organisations: list[Organisation]) -> tuple[IPRight | None, str]:
    """A right by its number, a rights holder's own alone; or the kind of a right."""
    if text.upper() in IPRight.Kind.values:
        return None, text.upper()
    holders = [one.pk for one in organisations if one.kind == Organisation.Kind.RIGHTS_HOLDER]
    known = rights_of(holders) if holders else IPRight.objects.select_related("rights_holder__organisation")
    right = known.filter(number=text).first() if text else None
    return right, right.kind if right else ""


def _answer(filed: Filed) -> dict[str, Any]:
    already = [listing.external_id for listing in filed.already_open]
    return notice_body(filed.notice) | {"already_open": already}


class Notices(APIView):
    """File a notice on up to 300 listings; listings that you have open already are joined to the earlier notice."""

    permission_classes = [allow(roles={Role.RIGHTS_HOLDER}, scope="notices:write")]

    @extend_schema(request=NoticeInput, responses={201: dict, 200: dict})
    @idempotent
    def post(self, request: Request) -> Response:
        body = NoticeInput(data=request.data)
        body.is_valid(raise_exception=True)
        filed = _file(body.validated_data, request, timezone.now())
        return Response(_answer(filed), status=201 if filed.is_new else 200)


class NoticeBatch(APIView):
    """File many notices; each is filed or refused by itself, and the answer says which."""

    permission_classes = [allow(roles={Role.RIGHTS_HOLDER}, scope="notices:write")]

    @extend_schema(request=NoticeBatchInput, responses={200: dict})
    @idempotent
    def post(self, request: Request) -> Response:
        at = timezone.now()
        rows = request.data.get("notices") if isinstance(request.data, dict) else None
        limit = policy_at(at)[Reports].notices_per_batch
        if not isinstance(rows, list) or not 1 <= len(rows) <= limit:
            raise ValidationError({"notices": [f"Send a list of 1 to {limit} notices."]})
        results = [{"index": index} | _row(row, request, at) for index, row in enumerate(rows)]
        return Response({"results": results})


def _row(row: Any, request: Request, at: datetime) -> dict[str, Any]:
    body = NoticeInput(data=row)
    try:
        body.is_valid(raise_exception=True)
        with transaction.atomic():
            filed = _file(body.validated_data, request, at)
    except ValidationError as error:
        return {"status": 422, "errors": error.detail}
    except Refused as refusal:
        return {"status": 409, "code": refusal.code, "detail": str(refusal)}
    return {"status": 201 if filed.is_new else 200, "notice": _answer(filed)}


class OneNotice(APIView):
    """What has become of a notice of yours."""

    permission_classes = [allow(roles={Role.RIGHTS_HOLDER}, scope="notices:read")]

    @extend_schema(responses={200: dict})
    def get(self, request: Request, reference: str) -> Response:
        mine = [organisation.pk for organisation in organisations_of(request)]
        return Response(notice_body(notice_for(mine, reference)))
