"""What the marketplace's payment side tells by itself, signed after the Standard Webhooks specification."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, IntegerField, Serializer, UUIDField
from rest_framework.views import APIView
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from klean.core.events.actors import Actor
from refunds.actions.payments import apply_payment_callback
from refunds.gateways.marketplace import GatewayDown

PAYMENT_SIDE = Actor("system", "payment-side")


class PaymentCallback(Serializer[Any]):
    key = UUIDField(help_text="The Idempotency-Key of the instruction.")
    state = CharField(help_text="done, pending or refused, as in the answer to the instruction.")
    refund = CharField(required=False, default="", max_length=100)
    amount = IntegerField(required=False, default=0)
    code = CharField(required=False, default="", max_length=200)


class PaymentCallbacks(APIView):
    """What the payment side reports about a refund. Late, twice and out of order are fine: a refund is booked once."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(request=PaymentCallback, responses={204: None})
    def post(self, request: Request) -> Response:
        try:
            Webhook(settings.KLEAN_PAYMENTS_SECRET).verify(request._request.body, dict(request.headers))
        except (WebhookVerificationError, EmptyWebhookSecretError, ValueError) as error:
            raise AuthenticationFailed("The signature is missing, wrong or too old.") from error
        body = PaymentCallback(data=request.data)
        body.is_valid(raise_exception=True)
        payload = body.validated_data
        try:
            is_ours = apply_payment_callback(
                str(payload["key"]), payload, at=timezone.now(), actor=PAYMENT_SIDE
            )
        except GatewayDown as fault:
            raise ValidationError(
                {"refund": [f"This is not the refund that was requested: it {fault}."]}
            ) from fault
        if not is_ours:
            raise Http404
        return Response(status=204)
