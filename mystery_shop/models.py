"""Test purchases by independent bodies: what was bought, whose hands it went through, what it turned out to be."""

from datetime import UTC
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.models import Organisation, Stepped, StoredFile, User
from listings.models import Listing
from mystery_shop.rules.custody import fault_of_chain, is_usable
from sellers.models import Seller


class InspectionBody(models.Model):
    """A third party that buys and examines, under an agreement with the marketplace."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="inspection_body")
    accreditation = models.CharField(_("accreditation"), max_length=200, blank=True)
    agreed_from = models.DateField(_("agreement from"))
    agreed_until = models.DateField(_("agreement until"))

    class Meta:
        verbose_name = _("inspection body")

    def __str__(self) -> str:
        return self.organisation.name


class Programme(models.Model):
    """A mystery-shop programme: who shops, with how much money, when."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    body = models.ForeignKey(InspectionBody, models.PROTECT, related_name="programmes")
    budget = models.BigIntegerField(_("budget (won)"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("programme")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="programme_budget_not_negative")
        ]

    def __str__(self) -> str:
        return self.name


class TestPurchase(Stepped):
    """One thing bought like any buyer would; ``shopper`` is shown to nobody outside the body."""

    __test__ = False

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("planned")
        APPROVED = "APPROVED", _("approved")
        ORDERED = "ORDERED", _("ordered")
        SHIPPED = "SHIPPED", _("shipped")
        RECEIVED = "RECEIVED", _("received")
        SEALED = "SEALED", _("sealed")
        DISPATCHED = "DISPATCHED", _("on its way to the examiner")
        AT_LAB = "AT_LAB", _("with the examiner")
        OPENED = "OPENED", _("opened for examination")
        JUDGED = "JUDGED", _("verdict given")
        CLOSED = "CLOSED", _("closed")
        CANCELLED = "CANCELLED", _("cancelled")
        NOT_DELIVERED = "NOT_DELIVERED", _("not delivered")

    STEPS = {
        State.PLANNED: frozenset({State.APPROVED, State.CANCELLED}),
        State.APPROVED: frozenset({State.ORDERED, State.CANCELLED}),
        State.ORDERED: frozenset({State.SHIPPED, State.RECEIVED, State.NOT_DELIVERED, State.CANCELLED}),
        State.SHIPPED: frozenset({State.RECEIVED, State.NOT_DELIVERED}),
        State.RECEIVED: frozenset({State.SEALED}),
        State.SEALED: frozenset({State.DISPATCHED}),
        State.DISPATCHED: frozenset({State.AT_LAB}),
        State.AT_LAB: frozenset({State.OPENED}),
        State.OPENED: frozenset({State.JUDGED}),
        State.JUDGED: frozenset({State.CLOSED}),
        State.CLOSED: frozenset(),
        State.CANCELLED: frozenset(),
        State.NOT_DELIVERED: frozenset(),
    }

    class Draw(models.TextChoices):
        RANDOM = "RANDOM", _("random")
        TARGETED = "TARGETED", _("targeted")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="purchases")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="test_purchases")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="test_purchases")
    draw = models.CharField(_("draw"), max_length=10, choices=Draw.choices)
    stratum = models.CharField(_("stratum"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=15, choices=State.choices, default=State.PLANNED)
    planned_by = models.CharField(max_length=100)
    planned_at = models.DateTimeField()
    shopper = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    order = models.CharField(_("order number"), max_length=100, blank=True)
    paid = models.BigIntegerField(_("paid (won)"), null=True)
    ordered_at = models.DateTimeField(null=True)
    seal_number = models.CharField(_("seal number"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("test purchase")
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="purchase_state")]

    def __str__(self) -> str:
        return f"test purchase {self.pk}"


class CustodyEvent(models.Model):
    """One entry of an exhibit's custody chain; the database refuses to change or delete it (see migration 0002)."""

    class Kind(models.TextChoices):
        RECEIVED = "RECEIVED", _("received and unpacked")
        SEALED = "SEALED", _("sealed")
        DISPATCHED = "DISPATCHED", _("handed over for examination")
        ARRIVED = "ARRIVED", _("arrived at the examiner")
        OPENED = "OPENED", _("seal opened for examination")
        STORED = "STORED", _("stored")
        LOANED = "LOANED", _("loaned")
        RETURNED = "RETURNED", _("returned")

    purchase = models.ForeignKey(TestPurchase, models.PROTECT, related_name="custody")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind.choices)
    from_party = models.CharField(_("from"), max_length=100)
    to_party = models.CharField(_("to"), max_length=100)
    place = models.CharField(_("place"), max_length=200)
    happened_at = models.DateTimeField(_("when"))
    seal_number = models.CharField(_("seal number"), max_length=50, blank=True)
    is_seal_intact = models.BooleanField(_("the seal is intact"))
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_by = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["purchase", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "number"], name="one_custody_event_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id}.{self.number} {self.kind}"

    def sealed_entry(self) -> dict[str, Any]:
        """What the hash is taken over, as anybody can read it in an evidence bundle."""
        return {
            "purchase": self.purchase_id,
            "number": self.number,
            "kind": self.kind,
            "from": self.from_party,
            "to": self.to_party,
            "place": self.place,
            "happened_at": self.happened_at.astimezone(UTC).isoformat(),
            "seal_number": self.seal_number,
            "is_seal_intact": self.is_seal_intact,
            "photo_sha256": self.photo.sha256 if self.photo else "",
            "note": self.note,
            "recorded_by": self.recorded_by,
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
        }


def custody_fault(events: list[CustodyEvent]) -> str:
    return fault_of_chain((event.sealed_entry(), event.previous_hash, event.hash) for event in events)


def holds_for_penalty(events: list[CustodyEvent]) -> bool:
    """Whether what was found may lead to a penalty: the whole way recorded, every seal intact, no entry changed."""
    return is_usable((e.kind for e in events), (e.is_seal_intact for e in events), custody_fault(events))


class Verdict(models.Model):
    """What an examiner found, and how."""

    class Finding(models.TextChoices):
        COUNTERFEIT = "COUNTERFEIT", _("counterfeit")
        GENUINE = "GENUINE", _("genuine")
        INCONCLUSIVE = "INCONCLUSIVE", _("inconclusive")
        NOT_AS_DESCRIBED = "NOT_AS_DESCRIBED", _("not as described")

    purchase = models.OneToOneField(TestPurchase, models.PROTECT, related_name="verdict")
    finding = models.CharField(_("finding"), max_length=20, choices=Finding.choices)
    method = models.CharField(_("method"), max_length=200)
    reasons = models.TextField(_("reasons"), max_length=5000)
    report = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    examiner = models.CharField(max_length=100)
    given_at = models.DateTimeField()
    is_usable = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.purchase} is {self.finding}"
