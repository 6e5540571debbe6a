"""One search over every queue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enforcement.desk.queries.queue import clean
from enforcement.desk.queries.search import SEARCH_ROLES, search_queues
from klean.core.web.permissions import role_required, user_of


@require_GET
@role_required(*SEARCH_ROLES)
def search(request: HttpRequest) -> HttpResponse:
    text = clean(request.GET.get("q", ""))
    found = search_queues(user_of(request), text) if text else []
    return render(request, "enforcement/search.html", {"text": text, "found": found})
