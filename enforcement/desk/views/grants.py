"""What the policy lets each role do at the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from enforcement.desk.queries.grants import grant_words, grants_by_role
from enforcement.desk.views.screen import reads_cases
from klean.core.policy.queries import policy_at


@require_GET
@reads_cases
def grants(request: HttpRequest) -> HttpResponse:
    """Which queues each role of the desk works, and what it may decide and order there."""
    policy = policy_at(timezone.now())
    rows = [(row, grant_words(grant)) for row, grant in grants_by_role(policy)]
    return render(request, "enforcement/grants.html", {"policy": policy, "grants": rows})
