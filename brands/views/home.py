from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
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
from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.attempts import form_page, submit, submit_button
from klean.core.web.paging import page_of
from klean.core.web.permissions import role_required, user_of

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

    def apply(at: datetime, actor: Actor) -> None:
        data = dict(form.cleaned_data)
        power = data.pop("power_of_attorney")
        apply_as_rights_holder(
            organisation, **data, power_of_attorney=power.read() if power else None, at=at, actor=actor
        )

    return _create(request, form, apply, _("Speak for your brands"))


@require_http_methods(["GET", "POST"])
@rights_holders_only
def create_ip_right(request: HttpRequest) -> HttpResponseBase:
    form = IPRightForm(request.POST or None, request.FILES or None, holders=_holders(request))

    def register(at: datetime, actor: Actor) -> None:
        data = dict(form.cleaned_data)
        holder, kind, evidence = data.pop("holder"), data.pop("kind"), data.pop("evidence")
        document = evidence.read() if evidence else None
        register_ip_right(holder, kind, **data, evidence=document, at=at, actor=actor)

    return _create(request, form, register, _("Add a right"))


@require_http_methods(["GET", "POST"])
@rights_holders_only
def create_brand(request: HttpRequest) -> HttpResponseBase:
    form = BrandForm(request.POST or None, holders=_holders(request))

    def register(at: datetime, actor: Actor) -> None:
        holder, name = form.cleaned_data["holder"], form.cleaned_data["name"]
        register_brand_of(holder, form.new_brand(name), at=at, actor=actor)

    return _create(request, form, register, _("Add a brand"))


def _create(
    request: HttpRequest, form: BaseForm, action: Callable[[datetime, Actor], None], heading: str
) -> HttpResponseBase:
    return submit(
        request,
        form,
        action,
        show=form_page(request, "brands/create.html", heading=heading),
        then=redirect("brands:home"),
        message=_("Saved."),
    )


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
    brand, form = queries.brand_for(user_of(request), brand_id), BrandDetailsForm(request.POST)
    return _change(
        request,
        brand,
        form,
        lambda at, actor: register_brands([form.new_brand(brand.name)], at=at, actor=actor),
        form_name="details_form",
        message=_("Saved."),
    )


@require_POST
@rights_holders_only
def create_ties(request: HttpRequest, brand_id: int) -> HttpResponseBase:
    brand = queries.brand_for(user_of(request), brand_id)
    form = TiesForm(request.POST, brand=brand)
    return _change(
        request,
        brand,
        form,
        lambda at, actor: tie_rights(brand, form.cleaned_data["ip_rights"], at=at, actor=actor),
        form_name="ties_form",
        message=_("Saved."),
    )


@require_POST
@rights_holders_only
def create_reference(request: HttpRequest, brand_id: int) -> HttpResponseBase:
    brand = queries.brand_for(user_of(request), brand_id)
    form = ReferenceForm(request.POST, request.FILES)

    def add(at: datetime, actor: Actor) -> None:
        file, kind = form.cleaned_data["picture"], form.cleaned_data["kind"]
        label = form.cleaned_data["label"] or file.name
        new = NewReference(brand=brand, kind=kind, picture=picture_of(file.read()), label=label)
        add_references([new], at=at, actor=actor)

    message = _("The picture is compared with from now on.")
    return _change(request, brand, form, add, form_name="reference_form", message=message)


def _change(
    request: HttpRequest,
    brand: Brand,
    form: BaseForm,
    action: Callable[[datetime, Actor], Any],
    *,
    form_name: str,
    message: str,
) -> HttpResponseBase:
    """Do something to the brand and come back to its page."""
    show, then = partial(_show_brand, request, brand), redirect("brands:brand", brand.pk)
    return submit(request, form, action, show=show, then=then, form_name=form_name, message=message)


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
    return submit_button(
        request,
        lambda at, actor: retire_reference(reference, at=at, actor=actor),
        then=redirect("brands:brand", reference.brand_id),
        message=_("The picture is no longer compared with."),
    )
