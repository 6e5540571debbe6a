"""The admin reads; actions write. What is secret stays out of it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from klean.core.access.models import ApiKey, Membership, Organisation, User
from klean.core.events.models import Event, Outbox
from klean.core.policy.models import PolicyVersion
from klean.core.webhooks.models import WebhookDelivery, WebhookEndpoint


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("position", "name", "subject", "actor", "at")


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    list_display = ("event", "attempts", "due_at", "last_error")
    list_select_related = ("event",)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    exclude = ("password",)


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadOnlyAdmin):
    exclude = ("secret",)


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    exclude = ("secret_sha256",)


admin.site.register([Membership, Organisation, PolicyVersion, WebhookDelivery], ReadOnlyAdmin)
