"""Statements of reasons for everybody: machine-readable, in the words of the DSA transparency database."""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.queries.statements import public_record, statements
from governance.rules.months import parse_month
from klean.core.policy.queries import zone_at
from klean.core.web.paging import page_of

PAGE = 100


class StatementsOfReasons(APIView):
    permission_classes = (AllowAny,)

    @extend_schema(
        parameters=[
            OpenApiParameter("after", OpenApiTypes.STR, description="the `next` of the page before"),
            OpenApiParameter("q", OpenApiTypes.STR, description="words of the facts"),
            OpenApiParameter("category", OpenApiTypes.STR, description="a category of the statements"),
            OpenApiParameter("month", OpenApiTypes.STR, description="like 2026-03"),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        month = parse_month(asked.get("month", ""), zone_at(timezone.now()))
        if asked.get("month") and month is None:
            raise ValidationError({"month": ["A month like 2026-03."]})
        found = statements(text=asked.get("q", ""), category=asked.get("category", ""), month=month)
        page = page_of(found, order=("-pk",), after=asked.get("after", ""), size=PAGE)
        rows: list[dict[str, Any]] = [public_record(statement) for statement in page.rows]
        return Response({"statements": rows, "next": page.next or None})
