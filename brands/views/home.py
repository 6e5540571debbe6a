from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brands import queries
from brands.actions.catalogue import register_brand_of, register_brands
from brands.actions.references import NewReference, add_references, picture_of, retire_reference
from brands.actions.rights import apply_as_rights_holder, register_ip_right, tie_rights
from brands.forms.pages import (
    ApplicationForm,
    BrandDetailsForm,
    BrandForm,
    IPRightForm,
    ReferenceForm,
    TiesForm,
)
from brands.models import Brand, RightsHolder
from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.files import serve_file
from klean.core.models import Organisation, Role
from klean.core.paging import page_of

rights_holders_only = role_required(Role.RIGHTS_HOLDER)


@require_GET
@rights_holders_only
def home(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    brands = queries.with_reference_counts(queries.brands_of(user))
    context = {
        "holders": queries.holders_of(user),
        "brands": page_of(brands, order=("name",), after=request.GET.get("after", "")),
        "ip_rights": queries.ip_rights_of(user)[:200],
        "may_apply": queries.applicants(user),
    }
    return render(request, "brands/home.html", context)


def _holders(request: HttpRequest) -> QuerySet[RightsHolder]:
    return queries.holders_of(user_of(request))


@require_http_methods(["GET", "POST"])
@rights_holders_only
def create_application(request: HttpRequest) -> HttpResponseBase:
    """The first step of an organisation that is not registered as a rights holder yet."""
    organisation = get_object_or_404(queries.applicants(user_of(request)))
    form = ApplicationForm(request.POST or None, request.FILES or None, initial={"name": organisation.name})
    return _create(request, form, _("Speak for your brands"), lambda: _apply(request, organisation, form))


def _apply(request: HttpRequest, organisation: Organisation, form: ApplicationForm) -> None:
    said = form.cleaned_data
    power = said["power_of_attorney"]
    apply_as_rights_holder(
        organisation,
        name=said["name"],
        country=said["country"],
        contact_email=said["contact_email"],
        representative=said["representative"],
        is_agent=said["is_agent"],
        power_of_attorney=power.read() if power else None,
        at=timezone.now(),
        actor=actor_of(request),
    )


@require_http_methods(["GET", "POST"])
@rights_holders_only
def create_ip_right(request: HttpRequest) -> HttpResponseBase:
    form = IPRightForm(request.POST or None, request.FILES or None, holders=_holders(request))
    heading = _("Add a right")
    return _create(request, form, heading, lambda: _register_ip_right(request, form))


def _register_ip_right(request: HttpRequest, form: IPRightForm) -> None:
    said = form.cleaned_data
    register_ip_right(
        said["holder"],
        said["kind"],
        title=said["title"],
        number=said["number"],
        nice_classes=said["nice_classes"],
        registered_on=said["registered_on"],
        expires_on=said["expires_on"],
        evidence=said["evidence"].read() if said["evidence"] else None,
        brands=said["brands"],
        at=timezone.now(),
        actor=actor_of(request),
    )


@require_http_methods(["GET", "POST"])
@rights_holders_only
def create_brand(request: HttpRequest) -> HttpResponseBase:
    form = BrandForm(request.POST or None, holders=_holders(request))
    return _create(request, form, _("Add a brand"), lambda: _register_brand(request, form))


def _register_brand(request: HttpRequest, form: BrandForm) -> None:
    said = form.cleaned_data
    register_brand_of(said["holder"], form.told(said["name"]), at=timezone.now(), actor=actor_of(request))


def _create(
    request: HttpRequest, form: BaseForm, heading: str, action: Callable[[], None]
) -> HttpResponseBase:
    status = attempt(form, action) if request.method == "POST" else 200
    if status == 201:
        messages.success(request, _("Saved."))
        return redirect("brands:home")
    return render(request, "brands/create.html", {"form": form, "heading": heading}, status=status)


@require_GET
@rights_holders_only
def show_brand(request: HttpRequest, brand_id: int) -> HttpResponse:
    return _show_brand(request, queries.brand_for(user_of(request), brand_id))


def _show_brand(request: HttpRequest, brand: Brand, *, status: int = 200, **forms: Any) -> HttpResponse:
    known = {field: getattr(brand, field) for field in ("korean_name", "aliases", "category", "list_price")}
    known["price_ranges"] = queries.price_ranges_of(brand)
    references = brand.references.filter(retired_at=None)
    context = {
        "brand": brand,
        "references": page_of(references, order=("-pk",), after=request.GET.get("after", ""), size=24),
        "details_form": BrandDetailsForm(initial=known),
        "reference_form": ReferenceForm(),
        "ties_form": TiesForm(brand=brand),
        **forms,
    }
    return render(request, "brands/brand.html", context, status=status)


@require_POST
@rights_holders_only
def change_details(request: HttpRequest, brand_id: int) -> HttpResponseBase:
    brand = queries.brand_for(user_of(request), brand_id)
    form = BrandDetailsForm(request.POST)
    now, actor = timezone.now(), actor_of(request)
    status = attempt(form, lambda: register_brands([form.told(brand.name)], at=now, actor=actor))
    if status == 201:
        messages.success(request, _("Saved."))
        return redirect("brands:brand", brand.pk)
    return _show_brand(request, brand, status=status, details_form=form)


@require_POST
@rights_holders_only
def create_ties(request: HttpRequest, brand_id: int) -> HttpResponseBase:
    brand = queries.brand_for(user_of(request), brand_id)
    form = TiesForm(request.POST, brand=brand)
    now, actor = timezone.now(), actor_of(request)
    status = attempt(form, lambda: tie_rights(brand, form.cleaned_data["ip_rights"], at=now, actor=actor))
    if status == 201:
        messages.success(request, _("Saved."))
        return redirect("brands:brand", brand.pk)
    return _show_brand(request, brand, status=status, ties_form=form)


@require_POST
@rights_holders_only
def create_reference(request: HttpRequest, brand_id: int) -> HttpResponseBase:
    brand = queries.brand_for(user_of(request), brand_id)
    form = ReferenceForm(request.POST, request.FILES)
    status = attempt(form, lambda: _add_reference(request, brand, form))
    if status == 201:
        messages.success(request, _("The picture is compared with from now on."))
        return redirect("brands:brand", brand.pk)
    return _show_brand(request, brand, status=status, reference_form=form)


def _add_reference(request: HttpRequest, brand: Brand, form: ReferenceForm) -> None:
    said = form.cleaned_data
    picture = picture_of(said["picture"].read())
    new = NewReference(
        brand=brand, kind=said["kind"], picture=picture, label=said["label"] or said["picture"].name
    )
    add_references([new], at=timezone.now(), actor=actor_of(request))


@require_GET
@rights_holders_only
def show_reference(request: HttpRequest, reference_id: int) -> HttpResponseBase:
    reference = queries.reference_for(user_of(request), reference_id)
    if reference.file is None:
        raise Http404
    return serve_file(reference.file)


@require_POST
@rights_holders_only
def retire(request: HttpRequest, reference_id: int) -> HttpResponseBase:
    reference = queries.reference_for(user_of(request), reference_id)
    status = attempt(
        Form(request.POST), lambda: retire_reference(reference, at=timezone.now(), actor=actor_of(request))
    )
    if status == 201:
        messages.success(request, _("The picture is no longer compared with."))
    return redirect("brands:brand", reference.brand_id)
