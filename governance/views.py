"""The public report, and the governance desk above it."""

import csv
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from enforcement.models import Statement
from governance.queries.figures import Figures, figures_between, monthly, statements
from governance.queries.names import named_counts
from governance.rules import last_months, next_month, parse_month
from klean.core.chain import chain_head
from klean.core.doors import role_required
from klean.core.exports import plain_cell
from klean.core.models import Event, PolicyVersion, Role
from klean.core.paging import page_of

MONTHS_SHOWN = 6


def _asked_month(request: HttpRequest) -> datetime:
    """The month in ``?month=2026-03``, this one when none is asked for."""
    zone = timezone.get_current_timezone()
    begin = parse_month(request.GET.get("month") or f"{timezone.localtime():%Y-%m}", zone)
    if begin is None:
        raise Http404
    return begin


def _asked_figures(request: HttpRequest) -> Figures:
    begin = _asked_month(request)
    return figures_between(begin, next_month(begin))


@require_GET
@cache_control(max_age=60)
def transparency(request: HttpRequest) -> HttpResponse:
    begin = _asked_month(request)
    months = last_months(begin, MONTHS_SHOWN)
    figures = figures_between(begin, next_month(begin))
    context = {
        "month": begin,
        "months": months[:-1][::-1],
        "labels": [f"{month:%Y-%m}" for month in months[:-1]],
        "figures": figures,
        "groups": {name: named_counts(group) for name, group in figures.groups.items()},
        "findings": {draw: named_counts(group) for draw, group in figures.findings.items()},
        "removed_by_month": monthly("listings.listing.removed", months),
        "notices_by_month": monthly("reports.notice.filed", months),
        "refunds_by_month": monthly("reports.refund.paid", months),
    }
    return render(request, "governance/transparency.html", context)


@require_GET
def transparency_csv(request: HttpRequest) -> HttpResponse:
    figures = _asked_figures(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="klean-{figures.begins:%Y-%m}.csv"'
    writer = csv.writer(response)
    writer.writerow(["figure", "of", "value"])
    writer.writerows([plain_cell(part) for part in row] for row in figures.as_rows())
    return response


@require_GET
def transparency_json(request: HttpRequest) -> JsonResponse:
    figures = _asked_figures(request)
    return JsonResponse(
        {
            "begins": figures.begins.isoformat(),
            "ends": figures.ends.isoformat(),
            "events": figures.position,
            "chain_head": figures.head,
            "figures": [{"figure": name, "of": of, "value": value} for name, of, value in figures.as_rows()],
        }
    )


@require_GET
def public_statements(request: HttpRequest) -> HttpResponse:
    page = page_of(statements(), order=("-pk",), after=request.GET.get("after", ""), size=30)
    return render(request, "governance/statements.html", {"page": page})


@require_GET
def public_statement(request: HttpRequest, puid: str) -> HttpResponse:
    statement = get_object_or_404(Statement, puid=puid)
    return render(request, "governance/statement.html", {"statement": statement})


@require_GET
@role_required(Role.GOVERNANCE)
def overview(request: HttpRequest) -> HttpResponse:
    events = page_of(
        Event.objects.exclude(position=None),
        order=("-position",),
        after=request.GET.get("after", ""),
        size=30,
    )
    context = {
        "policies": PolicyVersion.objects.order_by("-in_force_from"),
        "head": chain_head(),
        "page": events,
    }
    return render(request, "governance/overview.html", context)


@require_GET
@role_required(Role.GOVERNANCE)
def policy(request: HttpRequest, name: str) -> HttpResponse:
    version = get_object_or_404(PolicyVersion, name=name)
    return render(request, "governance/policy.html", {"version": version})
