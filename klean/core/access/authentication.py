"""Partners' machines, known by their API key."""

from dataclasses import dataclass

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from klean.core.access.models import ApiKey, Organisation
from klean.core.access.queries import key_for_token
from klean.core.policy.queries import day_of


@dataclass(frozen=True)
class Machine:
    """A partner's machine: what ``request.user`` is when an API key was shown."""

    key: ApiKey
    is_authenticated: bool = True
    is_active: bool = True

    @property
    def pk(self) -> str:
        return f"key-{self.key.pk}"

    @property
    def organisation(self) -> Organisation:
        return self.key.organisation


class ApiKeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Machine, ApiKey] | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        key = key_for_token(token.strip())
        if key is None:
            raise exceptions.AuthenticationFailed("This API key is unknown or revoked.")
        today = day_of(timezone.now())
        ApiKey.live().filter(pk=key.pk).exclude(last_used_on=today).update(last_used_on=today)
        return Machine(key), key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
