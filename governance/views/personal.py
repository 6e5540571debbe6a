"""Personal data: what is held and how long, what people ask about theirs, and who looked at whose."""

from functools import partial

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from governance.actions.requests import erase_person, export_person, receive_request, refuse_request
from governance.forms.requests import ReasonForm, RefusalForm, RequestForm, ViewingSearch
from governance.models import SubjectRequest
from governance.queries.holdings import (
    holdings,
    name_of_field,
    name_of_place,
    name_of_records,
)
from governance.queries.personal import kept_by_holds
from governance.rules.policy import Retention
from klean.core.access.models import Role
from klean.core.events.models import name_of_subject
from klean.core.events.record import subject_of
from klean.core.policy.queries import policy_at
from klean.core.privacy.actions import reveal
from klean.core.privacy.models import Viewing
from klean.core.web.attempts import form_page, submit, submit_button
from klean.core.web.paging import page_of
from klean.core.web.permissions import actor_of, role_required, user_of

DESK = {Role.MODERATOR, Role.SENIOR, Role.LEGAL, Role.GOVERNANCE}
# Which address may be unmasked by whom.
MAY_UNMASK: dict[str, tuple[str, set[Role]]] = {
    "reports.Notice": ("address", DESK),
    "refunds.RefundClaim": ("address", DESK),
    "brands.RightsHolder": ("contact_email", DESK),
    "legal.AuthorityRequest": ("officer", {Role.LEGAL, Role.GOVERNANCE}),
    "governance.Stakeholder": ("contact", {Role.GOVERNANCE}),
    "governance.SubjectRequest": ("address", {Role.GOVERNANCE}),
}


@require_GET
@role_required(Role.GOVERNANCE)
def record(request: HttpRequest) -> HttpResponse:
    kept = {name_of_records(model._meta.label): len(pks) for model, pks in kept_by_holds().items() if pks}
    context = {"rows": holdings(policy_at(timezone.now())[Retention]), "kept_by_holds": kept}
    return render(request, "governance/personal_data.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.GOVERNANCE)
def requests(request: HttpRequest) -> HttpResponseBase:
    form = RequestForm(request.POST or None)
    found = SubjectRequest.objects.select_related("user")
    page = page_of(found, order=("-pk",), after=request.GET.get("after", ""), size=30)
    return submit(
        request,
        form,
        lambda at, actor: receive_request(**form.cleaned_data, at=at, actor=actor),
        show=form_page(request, "governance/requests.html", page=page, now=timezone.now()),
        then=lambda received: redirect("governance:request", received.pk),
    )


def _request(request_id: int) -> SubjectRequest:
    return get_object_or_404(SubjectRequest.objects.select_related("user"), pk=request_id)


@require_GET
@role_required(Role.GOVERNANCE)
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    return _show(request, _request(request_id))


@require_POST
@role_required(Role.GOVERNANCE)
def exports(request: HttpRequest, request_id: int) -> HttpResponseBase:
    packed = export_person(_request(request_id), at=timezone.now(), actor=actor_of(request))
    response = HttpResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="request-{request_id}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@role_required(Role.GOVERNANCE)
def erasures(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found = _request(request_id)
    return submit_button(
        request,
        lambda at, actor: erase_person(found, at=at, actor=actor),
        then=redirect("governance:request", request_id),
        message=_("The person is erased."),
    )


@require_POST
@role_required(Role.GOVERNANCE)
def refusals(request: HttpRequest, request_id: int) -> HttpResponseBase:
    found, form = _request(request_id), RefusalForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: refuse_request(found, form.cleaned_data["reasons"], at=at, actor=actor),
        show=partial(_show, request, found),
        then=redirect("governance:request", request_id),
    )


def _show(
    request: HttpRequest, found: SubjectRequest, *, form: RefusalForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "asked": found,
        "form": form or RefusalForm(),
        "label": found._meta.label,
        "erased": [(name_of_records(label), count) for label, count in found.rows.items()],
        "left": [(name_of_place(place), count) for place, count in found.left.items()],
    }
    return render(request, "governance/request.html", context, status=status)


@require_GET
@role_required(Role.GOVERNANCE)
def viewings(request: HttpRequest) -> HttpResponse:
    form = ViewingSearch(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = Viewing.objects.select_related("user")
    if asked.get("subject"):
        found = found.filter(subject=asked["subject"])
    if asked.get("email"):
        found = found.filter(user__email__iexact=asked["email"])
    page = page_of(found, order=("-pk",), after=request.GET.get("after", ""))
    rows = [(one, name_of_subject(one.subject), name_of_field(one.subject, one.field)) for one in page.rows]
    return render(request, "governance/viewings.html", {"form": form, "page": page, "rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(*DESK)
def unmask(request: HttpRequest, label: str, pk: int) -> HttpResponseBase:
    """One address, after a reason was given and written down."""
    if label not in MAY_UNMASK:
        raise Http404
    field, roles = MAY_UNMASK[label]
    if not user_of(request).has_role(*roles):
        raise PermissionDenied
    row = get_object_or_404(apps.get_model(label), pk=pk)
    form = ReasonForm(request.POST or None)
    masked, subject = getattr(row, field), name_of_subject(subject_of(row))
    show = form_page(request, "governance/unmask.html", row=row, masked=masked, subject=subject, shown=[])
    return submit(
        request,
        form,
        lambda at, actor: reveal(row, field, reason=form.cleaned_data["reason"], at=at, actor=actor),
        show=show,
        then=lambda value: show(form=form, shown=[value]),
    )
