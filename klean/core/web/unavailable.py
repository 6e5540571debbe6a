"""What a page answers when its policy cannot be used."""

from collections.abc import Callable
from logging import getLogger

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from klean.core.access.models import Role, User
from klean.core.policy.faults import UnusablePolicy

log = getLogger(__name__)
REASON_ROLES = (Role.GOVERNANCE, Role.ENGINEER)


class PolicyUnavailable:
    """A 503 with plain words; those who can mend it read why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UnusablePolicy):
            return None
        log.error("No policy can be used: %s", exception)
        is_shown = isinstance(request.user, User) and request.user.has_role(*REASON_ROLES)
        return render(request, "503.html", {"why": str(exception) if is_shown else ""}, status=503)
