"""The two questions that a load balancer asks."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from klean.core.operations.health import failing_parts


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process lives, with the version that it runs."""
    return JsonResponse({"status": "ok", "version": settings.KLEAN_VERSION})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 only when every part answers; else 503 with the failing parts named."""
    failing = failing_parts()
    return JsonResponse(
        {"status": "failing" if failing else "ready", "failing": failing}, status=503 if failing else 200
    )
