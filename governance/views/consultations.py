"""Policies and drafts in public: what is in force, what differs, what is proposed, and what was said on it."""

import tomllib
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from governance.actions.consultations import comment_on
from governance.forms.consultations import AnswerForm, CommentForm
from governance.models import PolicyDraft
from governance.queries.policies import differences, sections_of
from klean.core.access.models import Role, User
from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import policy_at
from klean.core.web.attempts import submit
from klean.core.web.permissions import user_of


def versions() -> QuerySet[PolicyVersion]:
    return PolicyVersion.objects.order_by("-in_force_from", "-pk")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    context = {"versions": versions(), "drafts": PolicyDraft.objects.defer("text"), "now": timezone.now()}
    return render(request, "governance/policies.html", context)


@require_GET
def policy(request: HttpRequest, name: str) -> HttpResponse:
    """One policy, beside the one that ``?against=`` names or else the one before it."""
    version = get_object_or_404(PolicyVersion, name=name)
    older = versions().filter(in_force_from__lte=version.in_force_from).exclude(pk=version.pk)
    against = older.filter(name=request.GET.get("against", "")).first() or older.first()
    context = {
        "version": version,
        "sections": sections_of(version.body),
        "others": older,
        "against": against,
        "differences": differences(against.body, version.body) if against else [],
    }
    return render(request, "governance/policy.html", context)


@require_GET
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    return _show(request, get_object_or_404(PolicyDraft, pk=draft_id))


@require_POST
@login_required
def comments(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    found = get_object_or_404(PolicyDraft, pk=draft_id)
    user, form = user_of(request), CommentForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: comment_on(found, form.cleaned_data["text"], by=user, at=at, actor=actor),
        show=partial(_show, request, found),
        then=redirect("governance:draft", found.pk),
    )


def _show(
    request: HttpRequest, found: PolicyDraft, *, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    now, user = timezone.now(), request.user
    body: dict[str, Any] = tomllib.loads(found.text)
    body.pop("in_force_from")
    base = policy_at(found.opened_at)
    context = {
        "draft": found,
        "against": base,
        "differences": differences(base.body, body),
        "comments": found.comments.select_related("organisation", "author"),
        "is_open": found.state == PolicyDraft.State.OPEN and now < found.ends_at,
        "is_governance": isinstance(user, User) and user.has_role(Role.GOVERNANCE),
        "form": form or CommentForm(),
        "answer_form": AnswerForm(),
    }
    return render(request, "governance/draft.html", context, status=status)
