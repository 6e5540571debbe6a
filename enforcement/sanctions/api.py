"""How far a marketplace has carried decisions out, for machines."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from enforcement.sanctions.actions.reconciliations import reconcile_effects
from enforcement.sanctions.models import Sanction
from klean.core.web.permissions import allow, api_actor
from klean.core.web.throttling import ClientThrottle


def sanction_data(sanction: Sanction) -> dict[str, Any]:
    return {
        "id": sanction.pk,
        "rung": sanction.rung,
        "measures": sanction.measures,
        "starts_at": sanction.starts_at,
        "ends_at": sanction.ends_at,
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
        position, actor = given.validated_data["position"], api_actor(request)
        done = reconcile_effects(machine.key.organisation, position, at=timezone.now(), actor=actor)
        return Response({"position": done.position})
