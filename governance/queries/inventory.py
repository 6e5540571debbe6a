"""The record of personal data: every field of every app that holds some, how long, and what stands there after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, Q, Value
from django.db.models.functions import Cast, Concat


@dataclass(frozen=True, kw_only=True)
class Personal:
    """``fields`` gives what stands in each field after erasure, ``mentions`` are texts in which a person may be named.

    ``kept_as`` is the class of policy [retention], whose days count from ``since`` for the rows that have ``ended``;
    without ``since`` a row is kept as long as whom it is about. Whom: ``of`` leads to the user, ``address`` holds
    an e-mail address, ``actor`` a ``person:id``. ``staff`` are users who only acted. ``lawful`` fields stay until
    the days are over, also when the person asks for erasure. A row that is ``part_of`` another is held with it.
    """

    kept_as: str
    since: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    of: str = ""
    address: str = ""
    actor: str = ""
    staff: tuple[str, ...] = ()
    lawful: tuple[str, ...] = ()
    part_of: str = ""
    ended: Q = field(default_factory=Q)
    deletes: bool = False

    def blanks(self, *, is_asked_for: bool) -> dict[str, Any]:
        return {
            name: blank for name, blank in self.fields.items() if not (is_asked_for and name in self.lawful)
        }


NOBODY = Concat(Value("erased-"), Cast("pk", CharField()), Value("@erased.invalid"), output_field=CharField())
INVENTORY = {
    "core.User": Personal(
        kept_as="ACCOUNT", since="last_login", of="pk", ended=Q(is_active=False),
        fields={"email": NOBODY, "name": "", "password": "!erased", "is_active": False},
    ),
    "core.Membership": Personal(kept_as="ACCOUNT", of="user", deletes=True),
    "core.IdempotentAnswer": Personal(
        kept_as="REPEATED_REQUEST", since="created_at", actor="client", mentions=("body",), deletes=True
    ),
    "core.Viewing": Personal(
        kept_as="ACCESS_LOG", since="at", staff=("user",), mentions=("reason",), deletes=True
    ),
    "core.Mail": Personal(
        kept_as="MAIL", since="sent_at", address="to",
        fields={"to": "", "context": {}, "last_error": "", "due_at": None}, mentions=("context", "last_error"),
    ),
    "brands.RightsHolder": Personal(
        kept_as="BUSINESS", address="contact_email", fields={"contact_email": "", "representative": ""}
    ),
    "sellers.Seller": Personal(
        kept_as="BUSINESS", address="contact_email", fields={"contact_email": "", "contact_phone": ""}
    ),
    "sellers.DocumentReading": Personal(kept_as="BUSINESS", fields={"text": ""}),
    "sellers.PayoutAccount": Personal(
        kept_as="BUSINESS", since="effective_at", ended=Q(state__in=["REPLACED", "CANCELLED"]),
        fields={"number": "", "holder": ""},
    ),
    "sellers.TraderEntity": Personal(kept_as="BUSINESS", fields={"representative": ""}),
    "sellers.BrandAuthorisation": Personal(kept_as="BUSINESS", mentions=("reasons", "note")),
    "reports.Notice": Personal(
        kept_as="COMPLAINT", since="filed_at", of="reporter", address="contact_email",
        ended=Q(state__in=["INADMISSIBLE", "DECIDED", "WITHDRAWN"]),
        fields={"contact_email": "", "explanation": "", "order": "", "picture": None},
        mentions=("explanation", "inadmissible_because"),
    ),
    "reports.NoticeItem": Personal(
        kept_as="COMPLAINT", since="answered_at", of="notice__reporter", part_of="notice", ended=~Q(outcome=""),
        fields={"reporter_key": ""},
    ),
    "reports.RefundClaim": Personal(
        kept_as="PAYMENT", since="opened_at", of="claimant", address="contact",
        ended=Q(state__in=["INELIGIBLE", "DECLINED", "REFUNDED"]),
        fields={"contact": "", "explanation": "", "buyer": "", "account_opened_on": None},
        lawful=("buyer", "account_opened_on"), mentions=("explanation", "decision_reasons"),
    ),
    "reports.ReturnParcel": Personal(
        kept_as="PAYMENT", since="return_by", of="claim__claimant", part_of="claim",
        ended=Q(state__in=["NOT_RETURNED", "NOT_EXAMINED", "COUNTERFEIT", "GENUINE", "INCONCLUSIVE"]),
        fields={"tracking_number": ""}, mentions=("findings",),
    ),
    "reports.ClaimAppeal": Personal(
        kept_as="PAYMENT", since="decided_at", of="claim__claimant", part_of="claim",
        ended=Q(state__in=["UPHELD", "OVERTURNED"]), fields={"grounds": ""}, mentions=("grounds", "reasons"),
    ),
    "reports.CounterNotice": Personal(
        kept_as="COMPLAINT", since="invited_at", part_of="item", staff=("answered_by",),
        ended=Q(state__in=["ACCEPTED", "RULED"]), fields={"statement": "", "reply": ""}, mentions=("statement", "reply"),
    ),
    "reports.MisuseMeasure": Personal(kept_as="COMPLAINT", mentions=("reasons",)),
    "reports.WatchItem": Personal(kept_as="CASE", staff=("answered_by",)),
    "mystery_shop.TestPurchase": Personal(kept_as="CASE", staff=("shopper",), mentions=("reason",)),
    "mystery_shop.Verdict": Personal(kept_as="CASE", mentions=("method", "reasons")),
    "enforcement.Case": Personal(kept_as="CASE", staff=("claimed_by",)),
    "enforcement.CaseClaim": Personal(kept_as="CASE", staff=("user",), part_of="case"),
    "enforcement.CaseNote": Personal(
        kept_as="CASE", since="written_at", part_of="case", staff=("author",), fields={"text": ""}, mentions=("text",)
    ),
    "enforcement.Mention": Personal(kept_as="CASE", staff=("user",), part_of="note"),
    "enforcement.Decision": Personal(kept_as="CASE", mentions=("reasons", "fell_for")),
    "enforcement.Batch": Personal(kept_as="CASE", mentions=("reasons",)),
    "enforcement.CheckAnswer": Personal(kept_as="CASE", staff=("user",)),
    "enforcement.SavedView": Personal(kept_as="CASE", staff=("user",)),
    "enforcement.Statement": Personal(kept_as="CASE", mentions=("fields", "text_ko", "text_en")),
    "enforcement.Appeal": Personal(
        kept_as="CASE", since="decided_at", part_of="decision", staff=("assigned_to",),
        ended=Q(state__in=["UPHELD", "PARTLY", "OVERTURNED"]), fields={"grounds": ""}, mentions=("grounds", "reasons"),
    ),
    "enforcement.AppealMessage": Personal(
        kept_as="CASE", since="written_at", part_of="appeal", ended=~Q(appeal__state__in=["SUBMITTED", "ASSIGNED"]),
        fields={"text": ""}, mentions=("text",),
    ),
    "enforcement.Sanction": Personal(kept_as="CASE", mentions=("lifted_for",)),
    "legal.Matter": Personal(kept_as="CASE", mentions=("title",)),
    "legal.Hold": Personal(kept_as="CASE", mentions=("reason",)),
    "legal.Task": Personal(kept_as="CASE", mentions=("what",)),
    "legal.Party": Personal(
        kept_as="CASE", since="added_at", address="contact", part_of="matter", ended=Q(matter__state="CLOSED"),
        fields={"name": "", "contact": ""},
    ),
    "legal.CounselAccess": Personal(
        kept_as="CASE", since="expires_at", address="email", part_of="matter", fields={"name": "", "email": ""}
    ),
    "legal.AuthorityRequest": Personal(
        kept_as="CASE", since="answered_at", address="officer", ended=Q(state="LOGGED"), part_of="case",
        fields={"officer": ""}, mentions=("purpose", "reasons"),
    ),
    "legal.SupportApplication": Personal(
        kept_as="CASE", since="decided_at", of="applicant", ended=~Q(state="SUBMITTED"),
        fields={"firm": "", "story": ""}, mentions=("reasons",),
    ),
    "governance.Stakeholder": Personal(kept_as="BUSINESS", address="contact", fields={"contact": ""}),
    "governance.Meeting": Personal(kept_as="CASE", mentions=("minutes",)),
    "governance.ActionItem": Personal(kept_as="CASE", staff=("owner",), mentions=("task",)),
    "governance.Comment": Personal(
        kept_as="CASE", staff=("author",), mentions=("text", "answer")
    ),
    "governance.SubjectRequest": Personal(
        kept_as="COMPLAINT", since="decided_at", of="user", address="address", ended=~Q(state="RECEIVED"),
        fields={"address": ""}, mentions=("reasons",),
    ),
}  # fmt: skip


def inventory() -> list[tuple[type[Model], Personal]]:
    return [(apps.get_model(label), personal) for label, personal in INVENTORY.items()]
