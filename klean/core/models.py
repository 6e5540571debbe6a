"""The tables of every room, where Django looks for them."""

from klean.core.access import models as access
from klean.core.documents import models as documents
from klean.core.events import models as events
from klean.core.files import models as files
from klean.core.mail import models as mail
from klean.core.policy import models as policy
from klean.core.privacy import models as privacy
from klean.core.web import models as web
from klean.core.webhooks import models as webhooks

__all__ = ["access", "documents", "events", "files", "mail", "policy", "privacy", "web", "webhooks"]
