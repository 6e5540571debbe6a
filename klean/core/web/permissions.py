"""Who may pass: people by their roles, machines by the scopes of their key."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from klean.core.access.authentication import Machine
from klean.core.access.models import User
from klean.core.events.actors import Actor, person

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def role_required(*roles: str) -> Callable[[View[Rest]], View[Rest]]:
    """Only people with one of these roles pass; others log in first or get 403."""

    def guard(view: View[Rest]) -> View[Rest]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not user_of(request).has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def user_of(request: HttpRequest) -> User:
    """The person who is logged in, for doors that have let nobody else pass."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor_of(request: HttpRequest) -> Actor:
    return person(user_of(request).pk)


def allow(*, roles: frozenset[str] | set[str] = frozenset(), scope: str = "") -> type[BasePermission]:
    """People with one of the roles pass, and machines whose key has the scope."""

    class Allowed(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            user: Any = request.user
            if isinstance(user, Machine):
                return bool(scope) and scope in user.key.scopes
            return isinstance(user, User) and user.has_role(*roles)

    return Allowed


def api_actor(request: Request) -> Actor:
    user: Any = request.user
    return Actor("machine", user.key.prefix) if isinstance(user, Machine) else person(user.pk)
