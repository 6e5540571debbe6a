"""Log-in by e-mail for people whom an administrator has let in."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from klean.core.access.models import Role, User
from klean.core.rows.encryption import cipher
from klean.core.rows.texts import language_codes

STAFF = (
    Role.MODERATOR,
    Role.SENIOR,
    Role.PENALTIES,
    Role.LEGAL,
    Role.GOVERNANCE,
    Role.INSPECTOR,
    Role.ENGINEER,
)
# Where somebody sets up the second factor, logs out, chooses a language, or a machine asks with its key.
OPEN_TO_ALL = ("/accounts/", "/i18n/", "/static/", "/healthz", "/readyz")


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecretsAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors are kept encrypted."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


class StaffSecondFactor:
    """People with a staff role go nowhere before they have set up a second factor; ``KLEAN_STAFF_MFA`` asks it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.KLEAN_STAFF_MFA
            and not request.path_info.startswith(OPEN_TO_ALL)
            and _lacks_it(request.user)
        ):
            if request.path_info.startswith("/api/"):
                return HttpResponse(_("Set up a second factor first."), status=403, content_type="text/plain")
            return redirect("mfa_index")
        return self.get_response(request)


def _lacks_it(user: object) -> bool:
    is_staff = isinstance(user, User) and (user.is_staff or user.has_role(*STAFF))
    return is_staff and not get_mfa_adapter().is_mfa_enabled(user)


def remember_language(user: User, language: str) -> None:
    """Mails reach them in the language that they chose for pages; what nobody can choose changes nothing."""
    if language in language_codes():
        User.objects.filter(pk=user.pk).update(language=language)
