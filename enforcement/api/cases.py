"""The protection team's queue and decisions, for machines."""

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.actions.decisions import issue_decision
from enforcement.actions.rulings import Ruling
from enforcement.api.standings import sanction_told
from enforcement.api.words import WordsField
from enforcement.models import Case, Decision, Sanction, Source
from enforcement.queries.cases import ROWS, pending_cases
from klean.core.api import ClientThrottle, allow, api_actor, idempotent
from klean.core.models import Role
from klean.core.paging import page_of

TEAM: set[str] = {Role.MODERATOR, Role.SENIOR}


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
        actions = serializers.ListField(
            child=serializers.ChoiceField(Decision.Action.values),
            required=False,
            allow_null=True,
            default=None,
        )
        is_emergency = serializers.BooleanField(required=False, default=False)
        effective_at = serializers.DateTimeField(required=False, allow_null=True, default=None)

    class DecisionOutput(serializers.Serializer[Any]):
        id = serializers.IntegerField()
        case = serializers.IntegerField()
        state = serializers.ChoiceField(Decision.State.values)
        impacts = serializers.ListField(child=serializers.CharField())
        outcome = serializers.CharField()
        severity = serializers.CharField(allow_blank=True)
        ground = serializers.CharField(allow_blank=True)
        policy = serializers.CharField()
        points = serializers.IntegerField()
        sanctions = serializers.ListField(child=serializers.DictField())

    @extend_schema(request=RulingInput, responses={201: DecisionOutput})
    @idempotent
    def post(self, request: Request, case_id: int) -> Response:
        """Decide a case. It takes effect at once, at ``effective_at``, or, of high impact, once a second person agrees."""
        case = get_object_or_404(Case, pk=case_id)
        given = self.RulingInput(data=request.data)
        given.is_valid(raise_exception=True)
        decision = issue_decision(
            case,
            _ruling(given.validated_data),
            effective_at=given.validated_data["effective_at"],
            at=timezone.now(),
            actor=api_actor(request),
        )
        return Response(_decision(decision), status=201)


def _ruling(data: dict[str, Any]) -> Ruling:
    actions = data["actions"]
    return Ruling(
        outcome=data["outcome"],
        reasons=data["reasons"],
        severity=data["severity"],
        ground=data["ground"],
        actions=None if actions is None else tuple(actions),
        is_emergency=data["is_emergency"],
    )


def _decision(decision: Decision) -> dict[str, Any]:
    violation = getattr(decision, "violation", None)
    sanctions = Sanction.objects.filter(violation__decision=decision, lifted_at=None)
    return {
        "id": decision.pk,
        "case": decision.case_id,
        "state": decision.state,
        "impacts": decision.impacts,
        "outcome": decision.outcome,
        "severity": decision.severity,
        "ground": decision.ground,
        "policy": decision.policy.name,
        "points": violation.counted if violation else 0,
        "sanctions": [sanction_told(sanction) for sanction in sanctions],
    }
