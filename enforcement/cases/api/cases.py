"""The queue of the protection team, for machines."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.cases.models import Case, Source
from enforcement.cases.queries.cases import DESK_ROLES, pending_cases
from klean.core.web.paging import page_of
from klean.core.web.permissions import allow
from klean.core.web.throttling import ClientThrottle

PAGE_SIZE = 40


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
    permission_classes = [allow(roles={*DESK_ROLES}, scope="cases:read")]
    throttle_classes = [ClientThrottle]

    class CasePage(serializers.Serializer[Any]):
        cases = CaseSerializer(many=True)
        next = serializers.CharField(allow_null=True, help_text="Pass it as `after` to get the next page.")

    @extend_schema(responses=CasePage)
    def get(self, request: Request) -> Response:
        """The pending cases, the most urgent first."""
        query: QueryDict = request.query_params
        cases = pending_cases().select_related("seller", "listing")
        if query.get("source") in Source.values:
            cases = cases.filter(source=query["source"])
        page = page_of(cases, order=Case.ORDER, after=query.get("after", ""), size=PAGE_SIZE)
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
