"""The tables of every room, where Django looks for them."""

from klean.core.models import due, events, files, mail, people, signing, webhooks
from klean.core.policy import models as policy

__all__ = ["due", "events", "files", "mail", "people", "policy", "signing", "webhooks"]
