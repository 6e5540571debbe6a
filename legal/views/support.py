from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.policy.queries import day_of, policy_at
from klean.core.web.attempts import form_page, submit
from klean.core.web.permissions import role_required, user_of
from legal.actions.support import ask_for_support, decline_support, grant_support
from legal.forms.support import GrantForm, SupportForm
from legal.models import SupportApplication
from legal.queries.support import applications, granted_of, own_applications, support_fund
from legal.rules.policy import Legal

Size, Right = SupportApplication.Size, SupportApplication.Right


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """The criteria and what the fund has left, for everybody."""
    terms = policy_at(timezone.now())[Legal].support
    fund = support_fund(day_of(timezone.now()))
    context = {
        "terms": terms,
        "fund": fund,
        "left": fund.amount - granted_of(fund) if fund else 0,
        "sizes": [(size.label, terms.size[size.value]) for size in Size],
        "rights": [(right.label, terms.right[right.value]) for right in Right],
        "own": own_applications(user_of(request)) if request.user.is_authenticated else [],
    }
    return render(request, "legal/support.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def asks(request: HttpRequest) -> HttpResponseBase:
    form = SupportForm(request.POST or None)
    return submit(
        request,
        form,
        lambda at, actor: ask_for_support(user_of(request), form.asking(), at=at, actor=actor),
        show=form_page(request, "legal/ask.html"),
        then=redirect("legal:support"),
        message=_("Your application is in. You are told by mail what comes of it."),
    )


@require_GET
@role_required(Role.LEGAL)
def support_queue(request: HttpRequest) -> HttpResponse:
    waiting = applications().filter(state=SupportApplication.State.SUBMITTED)[:100]
    return render(request, "legal/applications.html", {"waiting": waiting})


@require_http_methods(["GET", "POST"])
@role_required(Role.LEGAL)
def application(request: HttpRequest, application_id: int) -> HttpResponseBase:
    found = get_object_or_404(applications(), pk=application_id)
    form = GrantForm(request.POST or None)

    def decide(at: datetime, actor: Actor) -> None:
        granted, reasons = form.cleaned_data["granted"], form.cleaned_data["reasons"]
        if granted:
            grant_support(found, granted, reasons, at=at, actor=actor)
        else:
            decline_support(found, reasons, at=at, actor=actor)

    left = found.fund.amount - granted_of(found.fund)
    return submit(
        request,
        form,
        decide,
        show=form_page(request, "legal/application.html", application=found, left=left),
        then=redirect("legal:support_queue"),
        message=_("Decided; the applicant is told."),
    )
