"""One search over every queue."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enforcement.queries.cases import clean
from enforcement.queries.finding import FINDERS, found_for
from klean.core.doors import role_required, user_of


@require_GET
@role_required(*FINDERS)
def search(request: HttpRequest) -> HttpResponse:
    text = clean(request.GET.get("q", ""))
    found = found_for(user_of(request), text) if text else []
    return render(request, "enforcement/search.html", {"text": text, "found": found})
