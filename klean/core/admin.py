from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from klean.core.models import (
    ApiKey,
    Event,
    Membership,
    Organisation,
    PolicyVersion,
    User,
    WebhookDelivery,
    WebhookEndpoint,
)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The admin reads; actions write."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display: ClassVar = ["position", "name", "subject", "actor", "at"]
    show_full_result_count = False


admin.site.register(
    [ApiKey, Membership, Organisation, PolicyVersion, User, WebhookDelivery, WebhookEndpoint], ReadOnlyAdmin
)
