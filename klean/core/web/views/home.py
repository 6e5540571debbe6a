"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klean.core.web.start_page import Row, cards_of


def home(request: HttpRequest) -> HttpResponse:
    context = {"buyer_cards": cards_of(Row.BUYERS), "partner_cards": cards_of(Row.PARTNERS)}
    return render(request, "core/home.html", context)
