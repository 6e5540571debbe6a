"""A seller's pages about where its money goes and what it may sell."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klean.core.doors import actor_of, attempt, role_required, user_of
from klean.core.models import Role
from sellers.actions.payouts import cancel_payout_change, request_payout_change
from sellers.actions.permits import give_permit
from sellers.forms.identity import PayoutForm, PermitForm
from sellers.models import Seller
from sellers.queries.needs import papers_of
from sellers.queries.shops import payout_for, seller_for

sellers_only = role_required(Role.SELLER)


@require_http_methods(["GET", "POST"])
@sellers_only
@reauthentication_required  # type: ignore[untyped-decorator]
def payouts(request: HttpRequest, seller_id: int) -> HttpResponseBase:
    """Shown and changed only by somebody who has just proved again who they are."""
    seller = seller_for(user_of(request), seller_id)
    form = PayoutForm(request.POST if request.method == "POST" else None)
    status = attempt(form, lambda: _request(request, seller, form)) if form.is_bound else 200
    if status == 201:
        messages.success(
            request, _("The new account takes effect after the waiting time. We wrote to the old contact.")
        )
        return redirect("sellers:payouts", seller.pk)
    return _show(request, seller, status=status, form=form)


def _request(request: HttpRequest, seller: Seller, form: PayoutForm) -> None:
    said = form.cleaned_data
    request_payout_change(
        seller,
        bank=said["bank"],
        number=said["number"],
        holder=said["holder"],
        at=timezone.now(),
        actor=actor_of(request),
    )


def _show(request: HttpRequest, seller: Seller, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {"seller": seller, "accounts": seller.payout_accounts.all()[:20], **forms}
    return render(request, "sellers/payouts.html", context, status=status)


@require_POST
@sellers_only
def cancel_payout(request: HttpRequest, payout_id: int) -> HttpResponseBase:
    """Stopping needs no second proof: whoever notices the theft must be quick."""
    account = payout_for(user_of(request), payout_id)
    form = Form(request.POST)
    now, actor = timezone.now(), actor_of(request)
    status = attempt(form, lambda: cancel_payout_change(account, at=now, actor=actor))
    if status == 201:
        messages.success(request, _("The change is cancelled."))
        return redirect("sellers:home")
    return _show(request, account.seller, status=status, form=PayoutForm(), cancel_form=form)


@require_http_methods(["GET", "POST"])
@sellers_only
def permits(request: HttpRequest, seller_id: int) -> HttpResponseBase:
    seller = seller_for(user_of(request), seller_id)
    papers = papers_of(seller, at=timezone.now())
    categories = list(dict.fromkeys(paper.category for paper in papers))
    form = PermitForm(request.POST if request.method == "POST" else None, categories=categories)
    status = attempt(form, lambda: _give(request, seller, form)) if form.is_bound else 200
    if status == 201:
        messages.success(request, _("Saved."))
        return redirect("sellers:permits", seller.pk)
    context = {"seller": seller, "permits": seller.permits.all()[:100], "papers": papers, "form": form}
    return render(request, "sellers/permits.html", context, status=status)


def _give(request: HttpRequest, seller: Seller, form: PermitForm) -> None:
    said = form.cleaned_data
    give_permit(
        seller,
        said["kind"],
        category=said["category"],
        number=said["number"],
        valid_until=said["valid_until"],
        at=timezone.now(),
        actor=actor_of(request),
    )
