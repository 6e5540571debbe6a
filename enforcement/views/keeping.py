"""Views that a person keeps, texts that the team keeps, and what the policy lets each role do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.actions.keeping import forget_macro, forget_view, keep_macro, keep_view
from enforcement.forms import MacroForm, ViewForm
from enforcement.models import Macro, SavedView
from enforcement.queries.cases import query_of
from enforcement.queries.grants import grant_words, grants_by_role
from enforcement.views.screen import filter_of, on_the_desk, reads_cases
from klean.core.doors import attempt, role_required, user_of
from klean.core.models import Role
from klean.core.policy import policy_at

is_senior = role_required(Role.SENIOR)


@require_GET
@on_the_desk
def kept(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@on_the_desk
def views(request: HttpRequest) -> HttpResponse:
    """Keep the queue as it is filtered now."""
    form, query = ViewForm(request.POST), query_of(filter_of(request))
    status = attempt(form, lambda: keep_view(user_of(request), form.cleaned_data["name"], query))
    if status != 201:
        return _show(request, status=status, view_form=form)
    return redirect(f"{reverse('enforcement:desk')}{query}")


@require_POST
@on_the_desk
def view_removals(request: HttpRequest, view_id: int) -> HttpResponse:
    forget_view(get_object_or_404(SavedView, pk=view_id, user=user_of(request)))
    return redirect("enforcement:kept")


@require_POST
@is_senior
def macros(request: HttpRequest) -> HttpResponse:
    form = MacroForm(request.POST)
    status = attempt(form, lambda: keep_macro(**form.cleaned_data))
    return redirect("enforcement:kept") if status == 201 else _show(request, status=status, macro_form=form)


@require_POST
@is_senior
def macro_removals(request: HttpRequest, macro_id: int) -> HttpResponse:
    forget_macro(get_object_or_404(Macro, pk=macro_id))
    return redirect("enforcement:kept")


@require_GET
@reads_cases
def grants(request: HttpRequest) -> HttpResponse:
    """Which queues each role of the desk works, and what it may decide and order there."""
    policy = policy_at(timezone.now())
    told = [(row, grant_words(grant)) for row, grant in grants_by_role(policy)]
    return render(request, "enforcement/grants.html", {"policy": policy, "grants": told})


def _show(
    request: HttpRequest,
    *,
    status: int = 200,
    view_form: ViewForm | None = None,
    macro_form: MacroForm | None = None,
) -> HttpResponse:
    user = user_of(request)
    context = {
        "views": SavedView.objects.filter(user=user),
        "macros": Macro.objects.all(),
        "view_form": view_form or ViewForm(),
        "macro_form": macro_form or MacroForm(auto_id="macro_%s"),
        "may_write": user.has_role(Role.SENIOR),
        "query": query_of(filter_of(request)),
    }
    return render(request, "enforcement/kept.html", context, status=status)
