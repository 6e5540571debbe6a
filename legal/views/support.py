from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from klean.core.policy import policy_at
from legal.actions.support import ask_for_support, decline_support, grant_support
from legal.forms.support import GrantForm, SupportForm
from legal.models import SupportApplication
from legal.queries.support import applications, granted_of, own_applications, support_fund

Size, Right = SupportApplication.Size, SupportApplication.Right


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """The criteria and what the fund has left, for everybody."""
    terms = policy_at(timezone.now()).section("legal")["support"]
    fund = support_fund(timezone.localdate())
    context = {
        "terms": terms,
        "fund": fund,
        "left": fund.amount - granted_of(fund) if fund else 0,
        "sizes": [(size.label, terms["size"].get(size.value, 0)) for size in Size],
        "rights": [(right.label, terms["right"].get(right.value, 0)) for right in Right],
        "own": own_applications(user_of(request)) if request.user.is_authenticated else [],
    }
    return render(request, "legal/support.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def asks(request: HttpRequest) -> HttpResponseBase:
    form, status = SupportForm(request.POST or None), 200
    if request.method == "POST":
        status = attempt(
            form,
            lambda: ask_for_support(
                user_of(request), form.asking(), at=timezone.now(), actor=actor_of(request)
            ),
        )
        if status == 201:
            messages.success(request, _("Your application is in. You are told by mail what comes of it."))
            return redirect("legal:support")
    return render(request, "legal/ask.html", {"form": form}, status=status)


@require_GET
@role_required(Role.LEGAL)
def support_queue(request: HttpRequest) -> HttpResponse:
    waiting = applications().filter(state=SupportApplication.State.SUBMITTED)[:100]
    return render(request, "legal/applications.html", {"waiting": waiting})


@require_http_methods(["GET", "POST"])
@role_required(Role.LEGAL)
def application(request: HttpRequest, application_id: int) -> HttpResponseBase:
    found = get_object_or_404(applications(), pk=application_id)
    form, status = GrantForm(request.POST or None), 200
    if request.method == "POST":
        status = attempt(form, lambda: _decide(request, found, form))
        if status == 201:
            messages.success(request, _("Decided; the applicant is told."))
            return redirect("legal:support_queue")
    context = {"application": found, "form": form, "left": found.fund.amount - granted_of(found.fund)}
    return render(request, "legal/application.html", context, status=status)


def _decide(request: HttpRequest, found: SupportApplication, form: GrantForm) -> None:
    granted, reasons = form.cleaned_data["granted"], form.cleaned_data["reasons"]
    if granted:
        grant_support(found, granted, reasons, at=timezone.now(), actor=actor_of(request))
    else:
        decline_support(found, reasons, at=timezone.now(), actor=actor_of(request))
