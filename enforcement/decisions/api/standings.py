"""A seller's points with their arithmetic, for machines."""

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

from enforcement.decisions.queries.standings import decisions_of, next_words, standing_readers
from enforcement.sanctions.api import sanction_data
from enforcement.sanctions.queries.ledgers import Standing, notices_of, standing_of
from enforcement.sanctions.rules.ladder import Entry, Outlook
from klean.core.access.authentication import Machine
from klean.core.access.models import Role
from klean.core.rows.texts import SOURCE_LANGUAGE
from klean.core.web.permissions import allow
from klean.core.web.throttling import ClientThrottle


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
            OpenApiParameter("at", OpenApiTypes.DATETIME, description="A time in the past. Without it: now.")
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
        with override(SOURCE_LANGUAGE):
            tracks = _tracks(found)
        return Response(
            {
                "seller": seller.external_id,
                "standing": found.standing,
                "policy": found.policy,
                "tracks": tracks,
                "sanctions": [sanction_data(row) for row in found.sanctions if row.is_live(at)],
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


def _tracks(standing: Standing) -> list[dict[str, Any]]:
    notices, decisions = notices_of(standing), decisions_of(standing)

    def entry_data(entry: Entry, outlook: Outlook) -> dict[str, Any]:
        case = standing.violations[entry.id].case
        return {
            "violation": entry.id,
            "decision": decisions[entry.id],
            "case": case.pk,
            "notices": notices.get(case.listing_id or 0, []),
            **_arithmetic(entry, outlook),
        }

    return [
        {**_track(outlook), "entries": [entry_data(entry, outlook) for entry in outlook.entries]}
        for outlook in standing.outlooks
    ]


def _track(outlook: Outlook) -> dict[str, Any]:
    return {
        "track": outlook.name,
        "unit": outlook.track.unit,
        "total": outlook.total,
        "missing": outlook.missing if outlook.next_step else None,
        "next": next_words(outlook) or None,
        "next_expiry": outlook.next_expiry,
    }


def _arithmetic(entry: Entry, outlook: Outlook) -> dict[str, Any]:
    return {
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
