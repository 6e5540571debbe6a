"""An inspection body's own system writes the custody chain and the verdict."""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from klean.core.access.authentication import Machine
from klean.core.access.models import Role
from klean.core.web.idempotency import idempotent
from klean.core.web.paging import page_of
from klean.core.web.permissions import allow, api_actor
from mystery_shop.actions.custody import HandOver, record_custody
from mystery_shop.actions.verdicts import Examination, file_report, give_verdict
from mystery_shop.models import CustodyEvent, TestPurchase, Verdict
from mystery_shop.queries.purchases import (
    purchase_for,
    purchase_of_body,
    purchases_for,
    purchases_of_body,
)

BODY = allow(roles={Role.INSPECTOR}, scope="custody:write")


class Base64Field(serializers.CharField):
    """A file as base64 text."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return b64decode(super().to_internal_value(data), validate=True)
        except NotBase64 as error:
            raise serializers.ValidationError("Send the file as base64.") from error


def _purchase(request: Request, purchase_id: int) -> TestPurchase:
    user: Any = request.user
    if isinstance(user, Machine):
        return purchase_of_body(user.organisation, purchase_id)
    return purchase_for(user, purchase_id)


def _shown(purchase: TestPurchase) -> dict[str, Any]:
    """Without who bought it, under which order, and from whom."""
    return {
        "id": purchase.pk,
        "state": purchase.state,
        "programme": purchase.programme.name,
        "draw": purchase.draw,
        "listing": purchase.listing.external_id,
        "title": purchase.listing.title,
        "seal": purchase.seal_number,
    }


class ListTestPurchases(APIView):
    permission_classes = (BODY,)

    @extend_schema(
        operation_id="test_purchases_list", responses={200: dict}, parameters=[OpenApiParameter("after", str)]
    )
    def get(self, request: Request) -> Response:
        user: Any = request.user
        rows = purchases_of_body(user.organisation) if isinstance(user, Machine) else purchases_for(user)
        page = page_of(rows, order=("-pk",), after=request.query_params.get("after", ""))
        return Response({"test_purchases": [_shown(row) for row in page], "next": page.next})


class ShowTestPurchase(APIView):
    permission_classes = (BODY,)

    @extend_schema(responses={200: dict})
    def get(self, request: Request, purchase_id: int) -> Response:
        purchase = _purchase(request, purchase_id)
        entries = purchase.custody.select_related("photo", "video", "certificate").order_by("number")
        custody = [entry.sealed_row() for entry in entries]
        return Response({**_shown(purchase), "custody": custody})


class CreateCustodyEvent(APIView):
    permission_classes = (BODY,)

    class CustodyEventInput(serializers.Serializer[Any]):
        kind = serializers.ChoiceField(CustodyEvent.Kind.choices)
        from_party = serializers.CharField(max_length=100)
        to_party = serializers.CharField(max_length=100)
        place = serializers.CharField(max_length=200)
        happened_at = serializers.DateTimeField()
        seal_number = serializers.CharField(max_length=50, required=False, default="", allow_blank=True)
        is_seal_intact = serializers.BooleanField()
        photo = Base64Field(required=False, default=None, allow_null=True)
        video = Base64Field(required=False, default=None, allow_null=True)
        certificate = Base64Field(required=False, default=None, allow_null=True)
        weight = serializers.IntegerField(
            required=False, default=None, allow_null=True, min_value=1, max_value=10_000_000
        )
        note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)

    @extend_schema(request=CustodyEventInput, responses={201: dict})
    @idempotent
    def post(self, request: Request, purchase_id: int) -> Response:
        purchase = _purchase(request, purchase_id)
        serializer = self.CustodyEventInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = {**serializer.validated_data, "kind": CustodyEvent.Kind(serializer.validated_data["kind"])}
        event = record_custody(purchase, HandOver(**facts), at=timezone.now(), actor=api_actor(request))
        return Response(
            {"number": event.number, "hash": event.hash, "state": event.purchase.state}, status=201
        )


class CreateVerdict(APIView):
    permission_classes = (BODY,)

    class VerdictInput(serializers.Serializer[Any]):
        finding = serializers.ChoiceField(Verdict.Finding.choices)
        method = serializers.CharField(max_length=200)
        reasons = serializers.CharField(max_length=5000)
        report = Base64Field(required=False, default=None, allow_null=True)
        pictures = serializers.ListField(child=Base64Field(), required=False, default=list, max_length=20)
        examiner = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)

    @extend_schema(request=VerdictInput, responses={201: dict})
    @idempotent
    def post(self, request: Request, purchase_id: int) -> Response:
        purchase = _purchase(request, purchase_id)
        serializer = self.VerdictInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        examination = Examination(
            **{**serializer.validated_data, "finding": Verdict.Finding(serializer.validated_data["finding"])}
        )
        verdict = file_report(purchase, examination, at=timezone.now(), actor=api_actor(request))
        return Response(_verdict_body(verdict), status=201)


class CreateCountersignature(APIView):
    """Somebody else of the body signs the report; a machine names them, as it named the examiner."""

    permission_classes = (BODY,)

    class CountersignatureInput(serializers.Serializer[Any]):
        signer = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)

    @extend_schema(request=CountersignatureInput, responses={201: dict})
    @idempotent
    def post(self, request: Request, purchase_id: int) -> Response:
        purchase = _purchase(request, purchase_id)
        serializer = self.CountersignatureInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        verdict = give_verdict(
            purchase, **serializer.validated_data, at=timezone.now(), actor=api_actor(request)
        )
        return Response(_verdict_body(verdict), status=201)


def _verdict_body(verdict: Verdict) -> dict[str, Any]:
    """``given`` is False until somebody else has countersigned."""
    return {
        "id": verdict.pk,
        "finding": verdict.finding,
        "usable": verdict.is_usable,
        "given": verdict.given_at is not None,
    }
