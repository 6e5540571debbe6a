"""Appeals of sellers and of those who reported, for machines."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.appeals.actions.appeals import file_appeal
from enforcement.appeals.models import Appeal
from enforcement.appeals.queries.appeals import reported_decisions
from enforcement.appeals.queries.sellers import decisions_about
from enforcement.cases.api.words import WordsField
from enforcement.decisions.models import Decision
from klean.core.access.authentication import Machine
from klean.core.access.models import Role
from klean.core.web.idempotency import idempotent
from klean.core.web.permissions import allow, api_actor
from klean.core.web.throttling import ClientThrottle
from reports.api.notices import organisations_of
from reports.models.notices import Notice
from reports.queries.notices import notice_for


class AppealInput(serializers.Serializer[Any]):
    grounds = WordsField()


class AppealOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    decision = serializers.IntegerField()
    state = serializers.ChoiceField(Appeal.State.values)
    answer_by = serializers.DateTimeField()
    reasons = serializers.CharField(allow_blank=True)


def _appeal_data(appeal: Appeal) -> dict[str, Any]:
    return {
        "id": appeal.pk,
        "decision": appeal.decision_id,
        "state": appeal.state,
        "answer_by": appeal.answer_by,
        "reasons": appeal.reasons,
    }


class DecisionAppeals(APIView):
    permission_classes = [allow(roles={Role.SELLER}, scope="appeals:write")]
    throttle_classes = [ClientThrottle]

    @extend_schema(request=AppealInput, responses={201: AppealOutput})
    @idempotent
    def post(self, request: Request, decision_id: int) -> Response:
        """Appeal against a decision about one's own shop; machines appeal on a seller's behalf."""
        user: Any = request.user
        own = Decision.objects.all() if isinstance(user, Machine) else decisions_about(user)
        decision = get_object_or_404(own, pk=decision_id)
        given = AppealInput(data=request.data)
        given.is_valid(raise_exception=True)
        appeal = file_appeal(
            decision, grounds=given.validated_data["grounds"], at=timezone.now(), actor=api_actor(request)
        )
        return Response(_appeal_data(appeal), status=201)


class NoticeAppeals(APIView):
    permission_classes = [allow(roles={Role.RIGHTS_HOLDER}, scope="notices:write")]
    throttle_classes = [ClientThrottle]

    class NoticeAppealInput(AppealInput):
        decision = serializers.IntegerField(min_value=1)

    class AnsweredSerializer(serializers.Serializer[Any]):
        class AnswerSerializer(serializers.Serializer[Any]):
            id = serializers.IntegerField()
            listing = serializers.CharField()
            appeal_until = serializers.DateTimeField()

        decisions = AnswerSerializer(many=True, help_text="Decisions that can be appealed.")
        appeals = AppealOutput(many=True)

    @extend_schema(responses=AnsweredSerializer)
    def get(self, request: Request, reference: str) -> Response:
        """The decisions that answered a notice of yours in the seller's favour, and your appeals against them."""
        notice = _own_notice(request, reference)
        decisions = [
            {
                "id": decision.pk,
                "listing": decision.case.listing.external_id if decision.case.listing else "",
                "appeal_until": decision.appeal_until,
            }
            for decision in reported_decisions(notice)
        ]
        appeals = [_appeal_data(appeal) for appeal in notice.appeals.order_by("pk")]
        return Response({"decisions": decisions, "appeals": appeals})

    @extend_schema(request=NoticeAppealInput, responses={201: AppealOutput})
    @idempotent
    def post(self, request: Request, reference: str) -> Response:
        """Appeal against a decision that answered a notice of yours in the seller's favour."""
        notice = _own_notice(request, reference)
        given = self.NoticeAppealInput(data=request.data)
        given.is_valid(raise_exception=True)
        decision = get_object_or_404(reported_decisions(notice), pk=given.validated_data["decision"])
        appeal = file_appeal(
            decision,
            grounds=given.validated_data["grounds"],
            notice=notice,
            at=timezone.now(),
            actor=api_actor(request),
        )
        return Response(_appeal_data(appeal), status=201)


def _own_notice(request: Request, reference: str) -> Notice:
    return notice_for([organisation.pk for organisation in organisations_of(request)], reference)
