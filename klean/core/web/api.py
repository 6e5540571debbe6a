"""The event feed, for partners who missed a webhook."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from klean.core.access.authentication import Machine
from klean.core.access.models import Organisation, Role
from klean.core.events.feed import feed_after, payload_of
from klean.core.web.permissions import allow
from klean.core.webhooks.queries import receives_all_events

MAX_PAGE_SIZE = 500


class ReceivesAllEvents(BasePermission):
    """The feed holds what concerns everybody: the marketplace and the protection team alone may read it."""

    message = "The event feed is the marketplace's own; what is addressed to you comes by webhook."

    def has_permission(self, request: Request, view: APIView) -> bool:
        user: Any = request.user
        if isinstance(user, Machine):
            return receives_all_events(user.organisation)
        employers = Organisation.objects.filter(pk__in=user.organisation_ids(Role.ENGINEER))
        return user.has_role(Role.GOVERNANCE) or all(receives_all_events(employer) for employer in employers)


class EventFeed(APIView):
    permission_classes = [
        allow(roles={Role.ENGINEER, Role.GOVERNANCE}, scope="events:read") & ReceivesAllEvents
    ]

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "after", OpenApiTypes.INT64, description="the `next` of the page before; 0 at first"
            ),
            OpenApiParameter("limit", OpenApiTypes.INT32, description=f"1 to {MAX_PAGE_SIZE}, default 100"),
            OpenApiParameter("type", OpenApiTypes.STR, many=True, description="only these names"),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        after, limit = _number(request, "after", 0), _number(request, "limit", 100)
        if not 1 <= limit <= MAX_PAGE_SIZE:
            raise ValidationError({"limit": [f"A whole number from 1 to {MAX_PAGE_SIZE}."]})
        events = list(feed_after(after, names=request.query_params.getlist("type"), limit=limit))
        return Response(
            {
                "events": [payload_of(event) for event in events],
                "next": events[-1].position if events else after,
            }
        )


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name) or str(default)
    if not text.isdecimal() or len(text) > 18:
        raise ValidationError({name: ["A whole number."]})
    return int(text)
