"""What the API's description says of every call by itself."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.permissions import AllowAny

from klean.core.web.idempotency import MAX_KEY_LENGTH
from klean.core.web.problems import ProblemSerializer


class CallSchema(AutoSchema):
    """Adds what follows from a call's permissions, address, body and throttle, so that no call lists it by itself."""

    def get_override_parameters(self) -> list[Any]:
        named: list[Any] = super().get_override_parameters()
        if not getattr(getattr(self.view, self.method.lower()), "is_idempotent", False):
            return named
        words = f"Up to {MAX_KEY_LENGTH} characters. A call with the same key and body is done once and answered alike."
        key = OpenApiParameter(
            "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER, description=words
        )
        return [*named, key]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._problems():
            problem = OpenApiResponse(ProblemSerializer, HTTPStatus(status).phrase)
            if str(status) not in bodies:
                bodies[str(status)] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    problem, str(status), ["application/problem+json"]
                )
        return bodies

    def _problems(self) -> Iterator[int]:
        """The statuses of the problems that it may answer with."""
        has_body = self.method in ("POST", "PUT", "PATCH")
        if AllowAny not in self.view.permission_classes:
            yield from (401, 403)
        if "{" in self.path:
            yield 404
        if self.method != "GET":
            yield 409
        if has_body:
            yield from (400, 415)
        if has_body or self.get_override_parameters():
            yield 422
        if self.view.throttle_classes:
            yield 429
