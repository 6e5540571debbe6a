"""A body that is too large is refused before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _


class BodyLimit:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) <= settings.KLEAN_MAX_BODY_BYTES:
            return self.get_response(request)
        limit = settings.KLEAN_MAX_BODY_BYTES // 1024 // 1024
        text = _("The request is larger than %(limit)d MB.") % {"limit": limit}
        if request.path.startswith("/api/"):
            problem = {"type": "about:blank", "title": "Content Too Large", "status": 413, "detail": text}
            return JsonResponse(problem, status=413, content_type="application/problem+json")
        return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
