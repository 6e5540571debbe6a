"""A seller's pages about where its money goes and what it may sell."""

from datetime import datetime
from functools import partial
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.web.attempts import form_page, submit
from klean.core.web.permissions import role_required, user_of
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
    return submit(
        request,
        form,
        lambda at, actor: request_payout_change(seller, **form.cleaned_data, at=at, actor=actor),
        show=partial(_show, request, seller),
        then=redirect("sellers:payouts", seller.pk),
        message=_("The new account takes effect after the waiting time. We wrote to the old contact."),
    )


def _show(request: HttpRequest, seller: Seller, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {"seller": seller, "accounts": seller.payout_accounts.all()[:20], **forms}
    return render(request, "sellers/payouts.html", context, status=status)


@require_POST
@sellers_only
def cancel_payout(request: HttpRequest, payout_id: int) -> HttpResponseBase:
    """Stopping needs no second proof: whoever notices the theft must be quick."""
    account = payout_for(user_of(request), payout_id)
    return submit(
        request,
        Form(request.POST),
        lambda at, actor: cancel_payout_change(account, at=at, actor=actor),
        show=partial(_show, request, account.seller, form=PayoutForm()),
        form_name="cancel_form",
        then=redirect("sellers:home"),
        message=_("The change is cancelled."),
    )


@require_http_methods(["GET", "POST"])
@sellers_only
def permits(request: HttpRequest, seller_id: int) -> HttpResponseBase:
    seller = seller_for(user_of(request), seller_id)
    papers = papers_of(seller, at=timezone.now())
    categories = list(dict.fromkeys(paper.category for paper in papers))
    form = PermitForm(request.POST if request.method == "POST" else None, categories=categories)
    permits = seller.permits.all()[:100]

    def give(at: datetime, actor: Actor) -> None:
        data = dict(form.cleaned_data)
        give_permit(seller, data.pop("kind"), **data, at=at, actor=actor)

    return submit(
        request,
        form,
        give,
        show=form_page(request, "sellers/permits.html", seller=seller, permits=permits, papers=papers),
        then=redirect("sellers:permits", seller.pk),
        message=_("Saved."),
    )
