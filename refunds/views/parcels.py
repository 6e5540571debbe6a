"""The desk's parcels and books: what comes in, what the examination found, whether both sides' money agrees."""

from functools import partial

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.web.attempts import submit
from klean.core.web.permissions import role_required
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
    return _show(request, "examine" if request.GET.get("tab") == "examine" else "await")


def _show(
    request: HttpRequest, kind: str, reference: str = "", *, form: Form | None = None, status: int = 200
) -> HttpResponse:
    """The parcels of a kind, with the form that failed on the one of this claim."""
    page = page_of_parcels(kind, request.GET.get("after", ""))
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
def receipts(request: HttpRequest, reference: str) -> HttpResponseBase:
    """A parcel is here, under seal."""
    parcel, form = _parcel(reference), SealForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: receive_parcel(parcel, form.cleaned_data["seal_number"], at=at, actor=actor),
        show=partial(_show, request, "await", reference),
        then=redirect("/desk/parcels/"),
    )


@role_required(*STAFF)
@require_POST
def findings(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What the examination found."""
    parcel, form = _parcel(reference), FindingForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: examine_parcel(parcel, **form.cleaned_data, at=at, actor=actor),
        show=partial(_show, request, "examine", reference),
        then=redirect("/desk/parcels/?tab=examine"),
    )


@role_required(*STAFF)
@require_GET
def reconciliations(request: HttpRequest) -> HttpResponse:
    page = page_of_reconciliations(request.GET.get("after", ""))
    return render(request, "refunds/reconciliations.html", {"page": page})
