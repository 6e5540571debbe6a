"""The buyer's money: ask for it, and see where it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from klean.core.policy import policy_at
from reports.actions import Claimant, open_claim
from reports.forms import ClaimForm
from reports.models import RefundClaim
from reports.queries import claim_for, page_of_claims, standing_of

MOVING = (RefundClaim.State.OPENED, RefundClaim.State.APPROVED_PROVISIONALLY)


@role_required(Role.CONSUMER)
@never_cache
@require_http_methods(["GET", "POST"])
def refunds(request: HttpRequest) -> HttpResponse:
    """The form, and the buyer's own claims below it."""
    at, user = timezone.now(), user_of(request)
    opened: list[tuple[RefundClaim, bool]] = []
    status = 200
    if request.method == "POST":
        form = ClaimForm(request.POST, at=at)
        status = attempt(
            form,
            lambda: opened.append(
                open_claim(**form.cleaned_data, by=Claimant.buyer(user), at=at, actor=actor_of(request))
            ),
        )
    else:
        asked = {name: request.GET.get(name, "")[:2000] for name in ("order", "listing")}
        form = ClaimForm(initial=asked, at=at)
    if opened:
        claim, is_new = opened[0]
        return redirect(f"/refunds/{claim.reference}{'' if is_new else '?again'}")
    context = {
        "form": form, "page": page_of_claims(user, request.GET.get("after", "")),
        "terms": policy_at(at).section("refunds"),
    }  # fmt: skip
    return render(request, "reports/refunds.html", context, status=status)


@role_required(Role.CONSUMER)
@never_cache
@require_GET
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it stands, when the money comes, what to do with the parcel; the page asks again while it waits."""
    mine = claim_for(user_of(request), reference)
    context = {
        "claim": mine, "standing": standing_of(mine), "is_waiting": mine.state in MOVING, "is_again": "again" in request.GET,
        "terms": (mine.policy or policy_at(mine.opened_at)).section("refunds"),
    }  # fmt: skip
    template = "reports/_claim.html" if request.headers.get("HX-Request") else "reports/claim.html"
    return render(request, template, context)
