"""The language in which somebody reads Klean, and is written to."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from klean.core.access.accounts import remember_language
from klean.core.web.permissions import user_of


@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """For the pages from now on; whoever is logged in gets mails in it too."""
    if request.user.is_authenticated:
        remember_language(user_of(request), request.POST.get("language", ""))
    return set_language(request)
