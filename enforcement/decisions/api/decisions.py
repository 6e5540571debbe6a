"""Deciding cases, for machines."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.cases.api.words import WordsField
from enforcement.cases.models import Case
from enforcement.cases.queries.cases import DESK_ROLES
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.sanctions.api import sanction_data
from enforcement.sanctions.models import Sanction
from enforcement.sanctions.rules.severities import SEVERITIES
from klean.core.web.idempotency import idempotent
from klean.core.web.permissions import allow, api_actor
from klean.core.web.throttling import ClientThrottle


class CaseDecisions(APIView):
    permission_classes = [allow(roles={*DESK_ROLES}, scope="decisions:write")]
    throttle_classes = [ClientThrottle]

    class RulingInput(serializers.Serializer[Any]):
        outcome = serializers.ChoiceField(Decision.Outcome.values)
        severity = serializers.ChoiceField(SEVERITIES, required=False, default="")
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
    sanctions = (
        Sanction.objects.filter(violation=decision.violation, lifted_at=None) if decision.violation else ()
    )
    return {
        "id": decision.pk,
        "case": decision.case_id,
        "state": decision.state,
        "impacts": decision.impacts,
        "outcome": decision.outcome,
        "severity": decision.severity,
        "ground": decision.ground,
        "policy": decision.policy.name,
        "points": decision.violation.counted if decision.violation else 0,
        "sanctions": [sanction_data(sanction) for sanction in sanctions],
    }
