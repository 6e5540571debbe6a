"""A seller's points with their arithmetic, and how far a marketplace has carried decisions out, for machines."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.actions.reconciling import reconcile_effects
from enforcement.models import Sanction
from enforcement.queries.ledgers import Standing, notices_of, standing_of
from enforcement.queries.penalties import next_words, standing_readers
from enforcement.rules.ladder import Entry, Outlook
from klean.core.api import ClientThrottle, allow
from klean.core.machines import Machine
from klean.core.models import Role


def sanction_told(sanction: Sanction) -> dict[str, Any]:
    return {
        "id": sanction.pk,
        "rung": sanction.rung,
        "measures": sanction.measures,
        "starts_at": sanction.starts_at,
        "ends_at": sanction.ends_at,
    }


class SellerStanding(APIView):
    permission_classes = [
        allow(roles={Role.MODERATOR, Role.SENIOR, Role.PENALTIES, Role.SELLER}, scope="sellers:read")
    ]
    throttle_classes = [ClientThrottle]

    class StandingOutput(serializers.Serializer[Any]):
        seller = serializers.CharField()
        standing = serializers.CharField()
        policy = serializers.CharField()
        tracks = serializers.ListField(child=serializers.DictField())
        sanctions = serializers.ListField(child=serializers.DictField())
        measures = serializers.ListField(child=serializers.DictField())

    @extend_schema(
        parameters=[
            OpenApiParameter("at", OpenApiTypes.DATETIME, description="a time in the past; now without it")
        ],
        responses=StandingOutput,
    )
    def get(self, request: Request, external_id: str) -> Response:
        """Points on each track with every entry, live sanctions and measures, and what comes next, at any time."""
        user: Any = request.user
        seller = get_object_or_404(
            standing_readers(None if isinstance(user, Machine) else user), external_id=external_id
        )
        at = _moment(request)
        found = standing_of(seller, at=at)
        with override("en"):
            tracks = [_track(outlook, found, notices_of(found)) for outlook in found.outlooks]
        return Response(
            {
                "seller": seller.external_id,
                "standing": found.standing,
                "policy": found.policy,
                "tracks": tracks,
                "sanctions": [sanction_told(row) for row in found.sanctions if row.is_live(at)],
                "measures": [
                    {"id": row.pk, "kind": row.kind, "starts_at": row.starts_at, "ends_at": row.ends_at}
                    for row in found.measures
                ],
            }
        )


def _moment(request: Request) -> datetime:
    """The time that is asked about, never one to come."""
    text = request.query_params.get("at")
    if not text:
        return timezone.now()
    field = serializers.DateTimeField()
    try:
        at: datetime = field.run_validation(text)
    except serializers.ValidationError as error:
        raise serializers.ValidationError({"at": error.detail}) from error
    return min(at, timezone.now())


def _track(outlook: Outlook, standing: Standing, notices: dict[int, list[int]]) -> dict[str, Any]:
    return {
        "track": outlook.track.name,
        "unit": outlook.track.unit,
        "total": outlook.total,
        "missing": outlook.missing if outlook.next_step else None,
        "next": next_words(outlook) or None,
        "next_expiry": outlook.next_expiry,
        "entries": [_entry(entry, outlook, standing, notices) for entry in outlook.entries],
    }


def _entry(
    entry: Entry, outlook: Outlook, standing: Standing, notices: dict[int, list[int]]
) -> dict[str, Any]:
    """One line of arithmetic with everything that it rests on."""
    violation = standing.violations[entry.id]
    return {
        "violation": entry.id,
        "decision": violation.decision_id,
        "case": violation.decision.case_id,
        "notices": notices.get(violation.decision.case.listing_id or 0, []),
        "rule": f"ladder.severities.{entry.severity}",
        "cap_per_day": outlook.track.cap_per_day,
        "confirmed_at": entry.at,
        "severity": entry.severity,
        "points": entry.points,
        "counted": entry.counted,
        "counting": entry.counting.value,
        "total": entry.total,
        "expires_at": entry.expires_at,
        "rung": entry.step.rung if entry.step else None,
        "policy": entry.policy,
    }


class Reconciliations(APIView):
    permission_classes = [allow(scope="events:read")]
    throttle_classes = [ClientThrottle]

    class PositionInput(serializers.Serializer[Any]):
        position = serializers.IntegerField(min_value=1)

    @extend_schema(request=PositionInput, responses={200: PositionInput})
    def post(self, request: Request) -> Response:
        """Say up to which position of the event feed the marketplace has carried everything out."""
        given = self.PositionInput(data=request.data)
        given.is_valid(raise_exception=True)
        machine: Any = request.user
        done = reconcile_effects(
            machine.key.organisation, given.validated_data["position"], at=timezone.now()
        )
        return Response({"position": done.position})
