"""Every error of the API as RFC 9457 problem+json."""

from http import HTTPStatus
from logging import getLogger
from typing import Any

from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from klean.core.policy.faults import UnusablePolicy
from klean.core.rows.refusals import Refused

log = getLogger(__name__)


class ProblemSerializer(serializers.Serializer[Any]):
    """What every error says; ``code`` stays the same, ``detail`` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = serializers.DictField(required=False, help_text="By field, where some are wrong.")  # type: ignore[assignment]


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error as RFC 9457 problem+json, in English, with a stable code."""
    if isinstance(error, UnusablePolicy):
        log.error("No policy can be used: %s", error)
        set_rollback()
        return _problem(503, "policy_unusable", "The policy of this marketplace cannot be used.")
    if isinstance(error, Refused):
        return _problem(409, error.code, str(error))
    response = exception_handler(error, context)
    if response is None:
        return None
    set_rollback()
    if isinstance(error, exceptions.ValidationError):
        return _problem(
            422, "invalid", "Some fields are not right.", errors=error.detail, headers=response.headers
        )
    detail = getattr(error, "detail", "") or HTTPStatus(response.status_code).phrase
    code = getattr(error, "default_code", "") or HTTPStatus(response.status_code).phrase.lower().replace(
        " ", "_"
    )
    return _problem(response.status_code, code, str(detail), headers=response.headers)


def _problem(status: int, code: str, detail: str, *, headers: Any = None, **also: Any) -> Response:
    body = {
        "type": f"urn:klean:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **also,
    }
    return Response(body, status=status, content_type="application/problem+json", headers=dict(headers or {}))
