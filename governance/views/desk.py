"""The governance desk: reports to publish, drafts to answer and publish, the log."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.actions.consultations import (
    answer_comment,
    open_consultation,
    publish_draft,
    withdraw_draft,
)
from governance.actions.editions import publish_edition
from governance.forms.consultations import AnswerForm, DraftForm
from governance.forms.editions import EditionForm
from governance.models import ActionItem, Comment, Edition, PolicyDraft, SubjectRequest
from governance.queries.policies import text_of_policy
from klean.core.access.models import Role
from klean.core.events.chain import chain_head
from klean.core.events.models import Event
from klean.core.policy.queries import day_of, policy_at, unreadable_policies, years_without_holidays
from klean.core.web.attempts import form_page, submit, submit_button
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required


@require_GET
@role_required(Role.GOVERNANCE)
def overview(request: HttpRequest) -> HttpResponse:
    events = page_of(
        Event.objects.exclude(position=None),
        order=("-position",),
        after=request.GET.get("after", ""),
        size=30,
    )
    now = timezone.now()
    unreadable = unreadable_policies(at=now)
    context = {
        "head": chain_head(),
        "missing_years": [] if unreadable else years_without_holidays(at=now),
        "unreadable": unreadable,
        "page": events,
        "today": day_of(now),
        "now": now,
        "edition": Edition.objects.defer("body").first(),
        "drafts": PolicyDraft.objects.filter(state=PolicyDraft.State.OPEN),
        "unanswered": Comment.objects.filter(answered_at=None).count(),
        "items": ActionItem.objects.filter(done_at=None)
        .select_related("owner")
        .order_by("due_on", "pk")[:10],
        "requests": SubjectRequest.objects.filter(state=SubjectRequest.State.RECEIVED).order_by("answer_by")[
            :10
        ],
    }
    return render(request, "governance/overview.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def publications(request: HttpRequest) -> HttpResponseBase:
    form = EditionForm(request.POST or None)
    return submit(
        request,
        form,
        lambda at, actor: publish_edition(
            form.cleaned_data["month"], reason=form.cleaned_data["reason"], at=at, actor=actor
        ),
        show=form_page(request, "governance/publish.html"),
        then=lambda edition: redirect("governance:edition", edition.number),
    )


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def drafts(request: HttpRequest) -> HttpResponseBase:
    form = DraftForm(request.POST or None, initial={"text": text_of_policy(policy_at(timezone.now()))})
    return submit(
        request,
        form,
        lambda at, actor: open_consultation(**form.cleaned_data, at=at, actor=actor),
        show=form_page(request, "governance/open_draft.html"),
        then=lambda draft: redirect("governance:draft", draft.pk),
    )


@require_POST
@role_required(Role.GOVERNANCE)
def draft_publications(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    draft = get_object_or_404(PolicyDraft, pk=draft_id)
    return submit_button(
        request,
        lambda at, actor: publish_draft(draft, at=at, actor=actor),
        then=redirect("governance:draft", draft_id),
        message=_("The policy is published."),
    )


@require_POST
@role_required(Role.GOVERNANCE)
def draft_withdrawals(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    draft = get_object_or_404(PolicyDraft, pk=draft_id)
    return submit_button(
        request,
        lambda at, actor: withdraw_draft(draft, at=at, actor=actor),
        then=redirect("governance:draft", draft_id),
        message=_("The draft is withdrawn."),
    )


@require_POST
@role_required(Role.GOVERNANCE)
def answers(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    comment = get_object_or_404(Comment.objects.select_related("draft"), pk=comment_id)
    form, then = AnswerForm(request.POST), redirect("governance:draft", comment.draft_id)
    if not form.is_valid():
        messages.error(request, _("Write an answer first."))
        return then
    return submit_button(
        request,
        lambda at, actor: answer_comment(comment, form.cleaned_data["answer"], at=at, actor=actor),
        then=then,
        message=_("The answer is published."),
    )
