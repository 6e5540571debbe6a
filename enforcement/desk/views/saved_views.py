"""Queues that a person saves, and texts that the team writes often."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enforcement.desk.actions.macros import delete_macro, save_macro
from enforcement.desk.actions.saved_views import delete_view, save_view
from enforcement.desk.forms import MacroForm, ViewForm
from enforcement.desk.models import Macro, SavedView
from enforcement.desk.queries.queue import query_of
from enforcement.desk.views.screen import filter_of, on_the_desk
from klean.core.access.models import Role
from klean.core.web.attempts import submit
from klean.core.web.permissions import actor_of, role_required, user_of

is_senior = role_required(Role.SENIOR)


@require_GET
@on_the_desk
def saved(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@on_the_desk
def views(request: HttpRequest) -> HttpResponseBase:
    """Save the queue as it is filtered now."""
    form, query = ViewForm(request.POST), query_of(filter_of(request))
    return submit(
        request,
        form,
        lambda at, actor: save_view(user_of(request), form.cleaned_data["name"], query, at=at, actor=actor),
        show=partial(_show, request),
        form_name="view_form",
        then=redirect(f"{reverse('enforcement:desk')}{query}"),
    )


@require_POST
@on_the_desk
def view_removals(request: HttpRequest, view_id: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=view_id, user=user_of(request))
    delete_view(view, at=timezone.now(), actor=actor_of(request))
    return redirect("enforcement:saved")


@require_POST
@is_senior
def macros(request: HttpRequest) -> HttpResponseBase:
    form = MacroForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: save_macro(**form.cleaned_data, at=at, actor=actor),
        show=partial(_show, request),
        form_name="macro_form",
        then=redirect("enforcement:saved"),
    )


@require_POST
@is_senior
def macro_removals(request: HttpRequest, macro_id: int) -> HttpResponse:
    macro = get_object_or_404(Macro, pk=macro_id)
    delete_macro(macro, at=timezone.now(), actor=actor_of(request))
    return redirect("enforcement:saved")


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
    return render(request, "enforcement/saved.html", context, status=status)
