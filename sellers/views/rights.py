"""A rights holder's list of who may sell its brands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from klean.core.paging import page_of
from sellers.actions import revoke_authorisation
from sellers.forms.pages import RevocationForm
from sellers.models import BrandAuthorisation
from sellers.queries import authorised_sellers

rights_holders_only = role_required(Role.RIGHTS_HOLDER)


@require_GET
@rights_holders_only
def list_sellers(request: HttpRequest) -> HttpResponse:
    page = page_of(authorised_sellers(user_of(request)), order=("-pk",), after=request.GET.get("after", ""))
    return render(request, "sellers/authorised.html", {"page": page})


@require_http_methods(["GET", "POST"])
@rights_holders_only
def create_revocation(request: HttpRequest, authorisation_id: int) -> HttpResponseBase:
    authorisation = get_object_or_404(authorised_sellers(user_of(request)), pk=authorisation_id)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    status = attempt(form, lambda: _revoke(authorisation, form, request)) if form.is_bound else 200
    if status == 201:
        messages.success(request, _("The authorisation is revoked."))
        return redirect("sellers:authorised_sellers")
    return render(
        request, "sellers/revoke.html", {"authorisation": authorisation, "form": form}, status=status
    )


def _revoke(authorisation: BrandAuthorisation, form: RevocationForm, request: HttpRequest) -> None:
    reasons = form.cleaned_data["reasons"]
    revoke_authorisation(authorisation, reasons=reasons, at=timezone.now(), actor=actor_of(request))
