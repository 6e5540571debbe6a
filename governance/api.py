"""Statements of reasons for everybody: machine-readable, in the words of the DSA transparency database."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.queries.figures import statements
from klean.core.paging import page_of

PAGE = 100


class StatementsOfReasons(APIView):
    permission_classes = (AllowAny,)

    @extend_schema(
        parameters=[OpenApiParameter("after", OpenApiTypes.STR, description="the `next` of the page before")],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        page = page_of(statements(), order=("-pk",), after=request.query_params.get("after", ""), size=PAGE)
        told: list[dict[str, Any]] = [{"puid": s.puid, "kind": s.kind, **s.fields} for s in page.rows]
        return Response({"statements": told, "next": page.next or None})
