"""What everybody may see: the transparency reports and the statements of reasons."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from enforcement.decisions.models import Statement
from governance.models import Edition
from governance.queries.editions import (
    Report,
    editions,
    first_event_at,
    report_as_of,
    report_of_edition,
    reports_of,
    text_of,
)
from governance.queries.figures import as_rows
from governance.queries.names import PLOTS, named_report
from governance.queries.statement_words import fields_in_words, words_of_value
from governance.queries.statements import categories, public_records, statements
from governance.rules.months import last_months, month_begin, parse_day, parse_month
from klean.core.policy.queries import day_of, zone_at
from klean.core.web.csv_cells import plain_cell
from klean.core.web.paging import page_of

MAX_MONTHS = 6
COLUMNS = (
    "puid",
    "kind",
    "issued_on",
    "category",
    "category_specification",
    "decision_ground",
    "decision_facts",
    "decision_visibility",
    "decision_provision",
    "decision_account",
    "source_type",
    "automated_detection",
    "automated_decision",
    "content_type",
    "content_date",
    "application_date",
    "corrects",
)


def _asked_month(request: HttpRequest) -> datetime:
    """The month in ``?month=2026-03``, this one when none is asked for; only months that the log reaches."""
    now = timezone.now()
    zone = zone_at(now)
    begin = parse_month(request.GET.get("month") or f"{now.astimezone(zone):%Y-%m}", zone)
    first = (first_event_at() or now).astimezone(zone)
    if begin is None or not month_begin(first.year, first.month, zone) <= begin <= now:
        raise Http404
    return begin


def _asked_report(request: HttpRequest) -> Report:
    """The month that is asked for; with ``?as_of=2026-03-31`` as the log told it when that day had ended."""
    month, at = _asked_month(request), _as_of(request)
    return report_as_of(month, at) if at else reports_of([month])[0]


def _as_of(request: HttpRequest) -> datetime | None:
    text = request.GET.get("as_of", "")
    at = parse_day(text, zone_at(timezone.now()))
    if text and (at is None or at > timezone.now()):  # the day must be over
        raise Http404
    return at


@require_GET
@cache_control(max_age=60)
def transparency(request: HttpRequest) -> HttpResponse:
    return _show(request, None)


@require_GET
def edition(request: HttpRequest, number: int) -> HttpResponse:
    return _show(request, get_object_or_404(editions(), number=number))


def _show(request: HttpRequest, edition: Edition | None) -> HttpResponse:
    month = _month_of(edition) if edition else _asked_month(request)
    months = last_months(month, MAX_MONTHS)[:-1]
    reports = reports_of(months)
    at = None if edition else _as_of(request)
    report = report_of_edition(edition, month) if edition else report_as_of(month, at) if at else reports[-1]
    context = {
        "report": report,
        "edition": report.edition,
        "as_of": at and request.GET["as_of"],
        "yesterday": day_of(timezone.now()) - timedelta(days=1),
        "month": month,
        "months": months[::-1],
        "labels": [f"{each:%Y-%m}" for each in months],
        "plots": [(title, [read(each.figures) for each in reports], unit) for title, read, unit in PLOTS],
        **named_report(report.figures),
    }
    return render(request, "governance/transparency.html", context)


def _month_of(edition: Edition) -> datetime:
    return month_begin(edition.month.year, edition.month.month, zone_at(timezone.now()))


@require_GET
@cache_control(max_age=60)
def transparency_csv(request: HttpRequest) -> HttpResponse:
    return _csv(_asked_report(request))


@require_GET
@cache_control(max_age=60)
def transparency_json(request: HttpRequest) -> HttpResponse:
    return _json(_asked_report(request))


@require_GET
def edition_csv(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(editions(), number=number)
    return _csv(report_of_edition(found, _month_of(found)))


@require_GET
def edition_json(request: HttpRequest, number: int) -> HttpResponse:
    """The very bytes that were signed."""
    found = get_object_or_404(editions(), number=number)
    return HttpResponse(found.body.encode(), content_type="application/json")


@require_GET
def edition_signature(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(editions(), number=number)
    response = HttpResponse(bytes(found.signature), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="klean-edition-{number}.sig"'
    return response


@require_GET
def edition_key(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(editions(), number=number)
    return HttpResponse(found.key.pem, content_type="application/x-pem-file")


def _csv(report: Report) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="klean-{report.month:%Y-%m}.csv"'
    writer = csv.writer(response)
    writer.writerow(["figure", "of", "value"])
    writer.writerows([plain_cell(part) for part in row] for row in as_rows(report.figures))
    return response


def _json(report: Report) -> HttpResponse:
    text = report.edition.body if report.edition else text_of(report.body)
    return HttpResponse(text.encode(), content_type="application/json")


@require_GET
def all_editions(request: HttpRequest) -> HttpResponse:
    page = page_of(editions().defer("body"), order=("-number",), after=request.GET.get("after", ""), size=30)
    return render(request, "governance/editions.html", {"page": page})


def _asked_statements(request: HttpRequest) -> Any:
    month = parse_month(request.GET.get("month", ""), zone_at(timezone.now()))
    return statements(
        text=request.GET.get("q", "").strip(), category=request.GET.get("category", ""), month=month
    )


@require_GET
def public_statements(request: HttpRequest) -> HttpResponse:
    page = page_of(_asked_statements(request), order=("-pk",), after=request.GET.get("after", ""), size=30)
    asked = {name: request.GET.get(name, "") for name in ("q", "category", "month")}
    context = {
        "page": page,
        "rows": [(row, words_of_value(row.fields.get("category", ""))) for row in page.rows],
        "categories": [(code, words_of_value(code)) for code in categories()],
        "asked": asked,
        "query": request.GET.urlencode(),
    }
    return render(request, "governance/statements.html", context)


@require_GET
def statements_csv(request: HttpRequest) -> StreamingHttpResponse:
    return _streamed(_sheet(public_records(_asked_statements(request))), "csv", "text/csv; charset=utf-8")


@require_GET
def statements_jsonl(request: HttpRequest) -> StreamingHttpResponse:
    lines = (orjson.dumps(record) + b"\n" for record in public_records(_asked_statements(request)))
    return _streamed(lines, "jsonl", "application/jsonl")


def _streamed(parts: Iterator[Any], suffix: str, kind: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="statements-of-reasons.{suffix}"'
    return response


def _sheet(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    yield "\ufeff" + ",".join(COLUMNS) + "\r\n"
    for row in rows:
        cells = [row.get(name, "") for name in COLUMNS]
        writer.writerow([plain_cell("|".join(cell) if isinstance(cell, list) else cell) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


@require_GET
def public_statement(request: HttpRequest, puid: str) -> HttpResponse:
    statement = get_object_or_404(Statement, puid=puid)
    context = {"statement": statement, "fields": fields_in_words(statement.fields)}
    return render(request, "governance/statement.html", context)
