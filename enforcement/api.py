"""The protection team's queue and decisions, sellers' appeals, and a seller's standing, for machines."""

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.actions import Ruling, file_appeal, issue_decision
from enforcement.models import Appeal, Case, Decision, Sanction, Source
from enforcement.queries.cases import ROWS, pending_cases
from enforcement.queries.ledgers import standing_of
from enforcement.queries.penalties import decisions_about, next_words, standing_readers
from enforcement.rules.ladder import Entry, Outlook
from klean.core.api import ClientThrottle, allow, api_actor, idempotent
from klean.core.machines import Machine
from klean.core.models import Role
from klean.core.paging import page_of
from klean.core.validators import has_resident_number

TEAM: set[str] = {Role.MODERATOR, Role.SENIOR}


class WordsField(serializers.CharField):
    """Reasons of a person: plain words, never a resident registration number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=10, max_length=5000, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if has_resident_number(text):
            raise serializers.ValidationError(
                "This looks like a resident registration number: please take it out."
            )
        return str(text)


class PartSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    points = serializers.IntegerField()
    value = serializers.CharField(allow_blank=True)


class CaseSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    listing = serializers.CharField(allow_null=True)
    seller = serializers.CharField()
    state = serializers.CharField()
    source = serializers.ChoiceField(Source.values)  # type: ignore[assignment]
    priority = serializers.IntegerField()
    priority_parts = PartSerializer(many=True)
    opened_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()


class Cases(APIView):
    permission_classes = [allow(roles=TEAM, scope="cases:read")]
    throttle_classes = [ClientThrottle]

    class CasePage(serializers.Serializer[Any]):
        cases = CaseSerializer(many=True)
        next = serializers.CharField(allow_null=True, help_text="the `after` of the next page")

    @extend_schema(responses=CasePage)
    def get(self, request: Request) -> Response:
        """The pending cases, the most urgent first."""
        query: QueryDict = request.query_params
        cases = pending_cases().select_related("seller", "listing")
        if query.get("source") in Source.values:
            cases = cases.filter(source=query["source"])
        page = page_of(cases, order=Case.ORDER, after=query.get("after", ""), size=ROWS)
        return Response({"cases": [_case(case) for case in page.rows], "next": page.next or None})


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.pk,
        "listing": case.listing.external_id if case.listing else None,
        "seller": case.seller.external_id,
        "state": case.state,
        "source": case.source,
        "priority": case.priority,
        "priority_parts": case.priority_parts,
        "opened_at": case.opened_at,
        "answer_by": case.answer_by,
    }


class CaseDecisions(APIView):
    permission_classes = [allow(roles=TEAM, scope="decisions:write")]
    throttle_classes = [ClientThrottle]

    class RulingInput(serializers.Serializer[Any]):
        outcome = serializers.ChoiceField(Decision.Outcome.values)
        severity = serializers.ChoiceField(Decision.Severity.values, required=False, default="")
        ground = serializers.ChoiceField(Decision.Ground.values, required=False, default="")
        reasons = WordsField()

    class DecisionOutput(serializers.Serializer[Any]):
        id = serializers.IntegerField()
        case = serializers.IntegerField()
        outcome = serializers.CharField()
        severity = serializers.CharField(allow_blank=True)
        ground = serializers.CharField(allow_blank=True)
        policy = serializers.CharField()
        points = serializers.IntegerField()
        sanctions = serializers.ListField(child=serializers.DictField())

    @extend_schema(request=RulingInput, responses={201: DecisionOutput})
    @idempotent
    def post(self, request: Request, case_id: int) -> Response:
        """Decide a case and carry the decision out."""
        case = get_object_or_404(Case, pk=case_id)
        given = self.RulingInput(data=request.data)
        given.is_valid(raise_exception=True)
        decision = issue_decision(
            case, Ruling(**given.validated_data), at=timezone.now(), actor=api_actor(request)
        )
        return Response(_decision(decision), status=201)


def _decision(decision: Decision) -> dict[str, Any]:
    violation = getattr(decision, "violation", None)
    sanctions = Sanction.objects.filter(violation__decision=decision, lifted_at=None)
    return {
        "id": decision.pk,
        "case": decision.case_id,
        "outcome": decision.outcome,
        "severity": decision.severity,
        "ground": decision.ground,
        "policy": decision.policy.name,
        "points": violation.counted if violation else 0,
        "sanctions": [_sanction(sanction) for sanction in sanctions],
    }


def _sanction(sanction: Sanction) -> dict[str, Any]:
    return {
        "id": sanction.pk,
        "rung": sanction.rung,
        "measures": sanction.measures,
        "starts_at": sanction.starts_at,
        "ends_at": sanction.ends_at,
    }


class DecisionAppeals(APIView):
    permission_classes = [allow(roles={Role.SELLER}, scope="appeals:write")]
    throttle_classes = [ClientThrottle]

    class AppealInput(serializers.Serializer[Any]):
        grounds = WordsField()

    class AppealOutput(serializers.Serializer[Any]):
        id = serializers.IntegerField()
        decision = serializers.IntegerField()
        state = serializers.ChoiceField(Appeal.State.values)
        answer_by = serializers.DateTimeField()

    @extend_schema(request=AppealInput, responses={201: AppealOutput})
    @idempotent
    def post(self, request: Request, decision_id: int) -> Response:
        """Appeal against a decision about one's own shop; machines appeal on a seller's behalf."""
        user: Any = request.user
        own = Decision.objects.all() if isinstance(user, Machine) else decisions_about(user)
        decision = get_object_or_404(own, pk=decision_id)
        given = self.AppealInput(data=request.data)
        given.is_valid(raise_exception=True)
        appeal = file_appeal(
            decision, grounds=given.validated_data["grounds"], at=timezone.now(), actor=api_actor(request)
        )
        told = {
            "id": appeal.pk,
            "decision": decision.pk,
            "state": appeal.state,
            "answer_by": appeal.answer_by,
        }
        return Response(told, status=201)


class SellerStanding(APIView):
    permission_classes = [allow(roles={*TEAM, Role.PENALTIES, Role.SELLER}, scope="sellers:read")]
    throttle_classes = [ClientThrottle]

    class StandingOutput(serializers.Serializer[Any]):
        seller = serializers.CharField()
        standing = serializers.CharField()
        policy = serializers.CharField()
        tracks = serializers.ListField(child=serializers.DictField())
        sanctions = serializers.ListField(child=serializers.DictField())

    @extend_schema(responses=StandingOutput)
    def get(self, request: Request, external_id: str) -> Response:
        """Points on each track with every entry, live sanctions, and what comes next."""
        user: Any = request.user
        seller = get_object_or_404(
            standing_readers(None if isinstance(user, Machine) else user), external_id=external_id
        )
        at = timezone.now()
        found = standing_of(seller, at=at)
        with override("en"):
            tracks = [_track(outlook) for outlook in found.outlooks]
        return Response(
            {
                "seller": seller.external_id,
                "standing": found.standing,
                "policy": found.policy,
                "tracks": tracks,
                "sanctions": [_sanction(sanction) for sanction in found.sanctions if sanction.is_live(at)],
            }
        )


def _track(outlook: Outlook) -> dict[str, Any]:
    return {
        "track": outlook.track.name,
        "unit": outlook.track.unit,
        "total": outlook.total,
        "missing": outlook.missing if outlook.next_step else None,
        "next": next_words(outlook) or None,
        "next_expiry": outlook.next_expiry,
        "entries": [_entry(entry) for entry in outlook.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "violation": entry.id,
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
