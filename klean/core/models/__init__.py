from klean.core.models.due import Due, put_off, take_due
from klean.core.models.events import Event, Outbox, Receipt
from klean.core.models.files import StoredFile
from klean.core.models.mail import Mail
from klean.core.models.people import ApiKey, IdempotentAnswer, Membership, Organisation, Role, User, Viewing
from klean.core.models.policy import PolicyVersion
from klean.core.models.signing import SigningKey
from klean.core.models.steps import Stepped
from klean.core.models.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiKey",
    "Due",
    "Event",
    "IdempotentAnswer",
    "Mail",
    "Membership",
    "Organisation",
    "Outbox",
    "PolicyVersion",
    "Receipt",
    "Role",
    "SigningKey",
    "Stepped",
    "StoredFile",
    "User",
    "Viewing",
    "WebhookDelivery",
    "WebhookEndpoint",
    "put_off",
    "take_due",
]
