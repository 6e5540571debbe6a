"""Log-in by e-mail for people whom an administrator has let in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from klean.core.fields import cipher


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
