"""The desk's parcels and books: what comes in, what the examination found, whether both sides' money agrees."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, role_required
from refunds.actions.parcels import examine_parcel, receive_parcel
from refunds.forms.claims import FindingForm, SealForm
from refunds.models.parcels import ReturnParcel
from refunds.queries.books import page_of_reconciliations
from refunds.queries.claims import claim_by
from refunds.queries.parcels import page_of_parcels, parcel_of

STAFF = (Role.MODERATOR, Role.SENIOR)


@role_required(*STAFF)
@require_GET
def parcels(request: HttpRequest) -> HttpResponse:
    return _shown(request, "examine" if request.GET.get("tab") == "examine" else "await")


def _shown(
    request: HttpRequest, kind: str, *, failed: tuple[str, Any] = ("", None), status: int = 200
) -> HttpResponse:
    page = page_of_parcels(kind, request.GET.get("after", ""))
    reference, form = failed
    context = {
        "kind": kind,
        "page": page,
        "failed_reference": reference,
        "failed_form": form,
        "form": FindingForm() if kind == "examine" else SealForm(),
    }
    return render(request, "refunds/parcels.html", context, status=status)


def _parcel(reference: str) -> ReturnParcel:
    parcel = parcel_of(claim_by(reference))
    if parcel is None:
        raise Http404
    return parcel


@role_required(*STAFF)
@require_POST
def receipts(request: HttpRequest, reference: str) -> HttpResponse:
    """A parcel is here, under seal."""
    parcel, form = _parcel(reference), SealForm(request.POST)
    at, actor = timezone.now(), actor_of(request)
    status = attempt(
        form, lambda: receive_parcel(parcel, form.cleaned_data["seal_number"], at=at, actor=actor)
    )
    if status == 201:
        return redirect("/desk/parcels/")
    return _shown(request, "await", failed=(reference, form), status=status)


@role_required(*STAFF)
@require_POST
def findings(request: HttpRequest, reference: str) -> HttpResponse:
    """What the examination found."""
    parcel, form = _parcel(reference), FindingForm(request.POST)
    at, actor = timezone.now(), actor_of(request)
    status = attempt(form, lambda: examine_parcel(parcel, **form.cleaned_data, at=at, actor=actor))
    if status == 201:
        return redirect("/desk/parcels/?tab=examine")
    return _shown(request, "examine", failed=(reference, form), status=status)


@role_required(*STAFF)
@require_GET
def reconciliations(request: HttpRequest) -> HttpResponse:
    page = page_of_reconciliations(request.GET.get("after", ""))
    return render(request, "refunds/reconciliations.html", {"page": page})
