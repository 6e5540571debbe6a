"""A listing's page for staff, and sellers' own listings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from brands.models import ReferenceImage
from klean.core.access.models import Role
from klean.core.files.models import StoredFile
from klean.core.files.store import serve_file
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of
from listings.judging.evidence import evidence_of, missing_authorisations
from listings.models import Listing, ListingPicture
from listings.queries.catalogue import (
    STAFF,
    listing_for,
    own_listings,
    pictures_of,
    shown_screenings,
    verdict_screening,
)

SIZE = 50


@role_required(*STAFF)
def show_listing(request: HttpRequest, external_id: str) -> HttpResponse:
    listing = listing_for(user_of(request), external_id)
    run, pictures = verdict_screening(listing), pictures_of(listing)
    context = {
        "listing": listing,
        "run": run,
        "pictures": pictures,
        "screenings": shown_screenings(listing),
        "evidence": evidence_of(run.signals if run else [], pictures),
    }
    return render(request, "listings/listing.html", context)


@role_required(*STAFF, Role.SELLER)
def show_picture(request: HttpRequest, external_id: str, picture_id: int) -> HttpResponseBase:
    """The small copy of a picture, for those who may see its listing."""
    listing = listing_for(user_of(request), external_id)
    return _served(get_object_or_404(listing.pictures.select_related("file"), pk=picture_id).file)


@role_required(*STAFF)
def show_reference(request: HttpRequest, reference_id: int) -> HttpResponseBase:
    """A reference picture of a brand, to compare a listing's with."""
    return _served(get_object_or_404(ReferenceImage.objects.select_related("file"), pk=reference_id).file)


@role_required(*STAFF)
def show_removed_picture(request: HttpRequest, picture_id: int) -> HttpResponseBase:
    """A picture of a removed listing, to compare another listing's with."""
    removed = ListingPicture.objects.filter(listing__state=Listing.State.REMOVED).select_related("file")
    return _served(get_object_or_404(removed, pk=picture_id).file)


@role_required(Role.SELLER)
def list_own_listings(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = own_listings(user_of(request), state=state if state in Listing.State else "")
    page = page_of(rows, order=("-id",), after=request.GET.get("after", ""), size=SIZE)
    return render(
        request, "listings/own_listings.html", {"page": page, "state": state, "states": Listing.State.choices}
    )


@role_required(Role.SELLER)
def show_own_listing(request: HttpRequest, external_id: str) -> HttpResponse:
    listing = get_object_or_404(own_listings(user_of(request)), external_id=external_id)
    run, pictures = verdict_screening(listing), pictures_of(listing)
    missing = missing_authorisations(run.signals if run else [])
    faults = [picture for picture in pictures if picture.fault]
    context = {"listing": listing, "missing": missing if not listing.is_on else [], "faults": faults}
    return render(request, "listings/own_listing.html", context)


def _served(file: StoredFile | None) -> HttpResponseBase:
    if file is None:
        raise Http404
    return serve_file(file)
