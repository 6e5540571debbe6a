"""The two questions that a load balancer asks."""

from django.http import HttpRequest, JsonResponse

from klean.core.operations.health import failing_parts


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 only when every part answers; else 503 with the failing parts named."""
    failing = failing_parts()
    return JsonResponse(
        {"status": "failing" if failing else "ready", "failing": failing}, status=503 if failing else 200
    )
