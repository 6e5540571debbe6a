"""Reporting without an account, and following a report by its tracking number."""

import ipaddress
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from klean.core.access.models import User
from klean.core.events.actors import Actor, person
from klean.core.policy.queries import policy_at
from klean.core.rows.texts import language_of_reader
from klean.core.web.attempts import form_page, submit
from reports.actions.notices import Filed, Notifier, file_notice
from reports.forms.notices import ReportForm
from reports.queries.notices import has_answers, notice_by, words_of_reason
from reports.rules.policy import Reports

PUBLIC = Actor("system", "public-form")
HOUR = 3600


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponseBase:
    """The public form."""
    at = timezone.now()
    if request.method == "GET":
        form = ReportForm(initial={"listing": request.GET.get("listing", "")[:2000]}, at=at)
        return render(request, "reports/report.html", {"form": form})
    if _is_flooding(request, at):
        return render(request, "reports/too_many.html", {"minutes": 60 - at.minute}, status=429)
    form = ReportForm(request.POST, request.FILES, at=at)
    return submit(
        request,
        form,
        lambda at, actor: _file(request, form, at=at, actor=actor),
        show=form_page(request, "reports/report.html"),
        then=lambda filed: redirect(f"/report/{filed.notice.reference}?{'new' if filed.is_new else 'again'}"),
        actor=person(request.user.pk) if isinstance(request.user, User) else PUBLIC,
    )


def _file(request: HttpRequest, form: ReportForm, *, at: datetime, actor: Actor) -> Filed:
    given, user = form.cleaned_data, request.user
    if isinstance(user, User):
        by = Notifier.consumer(user)
    else:
        get_token(request)
        secret = request.META["CSRF_COOKIE"]
        by = Notifier.anonymous(secret, email=given["email"], language=language_of_reader())
    return file_notice(
        [given["listing"]],
        by,
        reason=given["reason"],
        explanation=given["explanation"],
        order=form.order,
        picture=given["picture"],
        at=at,
        actor=actor,
    )


def _is_flooding(request: HttpRequest, at: datetime) -> bool:
    """Whether this address has used up its reports of the hour; only a keyed hash of it is kept, for that hour."""
    digest = salted_hmac("reports.address", _network_of(request), algorithm="sha256").hexdigest()
    key = f"reports:{digest}:{at:%Y%m%d%H}"
    cache.add(key, 0, timeout=HOUR)
    limit = policy_at(at)[Reports].anonymous_per_hour
    return cache.incr(key) > limit


def _network_of(request: HttpRequest) -> str:
    """The asking IPv4 address or IPv6 /64, as the outermost trusted proxy saw it."""
    address = request.META["REMOTE_ADDR"]
    if settings.KLEAN_PROXIES:
        passed = request.headers.get("X-Forwarded-For", "").split(",")
        address = passed[-min(settings.KLEAN_PROXIES, len(passed))].strip()
    try:
        width = 64 if ipaddress.ip_address(address).version == 6 else 32
        return str(ipaddress.ip_network(f"{address}/{width}", strict=False))
    except ValueError:
        return "unknown"


@never_cache
@require_GET
def followed_report(request: HttpRequest, reference: str) -> HttpResponse:
    """What has become of a report, for whoever holds its tracking number."""
    notice = notice_by(reference)
    context = {
        "notice": notice,
        "items": notice.items.all(),
        "answered": has_answers(notice),
        "reason": words_of_reason(notice.reason, at=notice.filed_at),
        "is_new": "new" in request.GET,
        "is_again": "again" in request.GET,
        "followed_at": request.build_absolute_uri(request.path),
    }
    answer = render(request, "reports/followed.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
