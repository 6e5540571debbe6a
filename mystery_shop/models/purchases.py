"""Test purchases by independent bodies: what was bought, whose hands it went through, what it turned out to be."""

from datetime import UTC
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import User
from klean.core.files.models import StoredFile
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from listings.models import Listing
from mystery_shop.models.programmes import Programme, Stratum
from mystery_shop.rules.custody import fault_of_chain, is_usable
from sellers.models import Seller


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
        REPORT_FILED = "REPORT_FILED", _("report filed")
        JUDGED = "JUDGED", _("verdict given")
        NOT_EXAMINED = "NOT_EXAMINED", _("not examined")
        CLOSED = "CLOSED", _("closed")
        CANCELLED = "CANCELLED", _("cancelled")
        NOT_DELIVERED = "NOT_DELIVERED", _("not delivered")

    STEPS = {
        State.PLANNED: frozenset({State.APPROVED, State.CANCELLED}),
        State.APPROVED: frozenset({State.ORDERED, State.CANCELLED}),
        State.ORDERED: frozenset({State.SHIPPED, State.RECEIVED, State.NOT_DELIVERED, State.CANCELLED}),
        State.SHIPPED: frozenset({State.RECEIVED, State.NOT_DELIVERED}),
        State.RECEIVED: frozenset({State.SEALED}),
        State.SEALED: frozenset({State.DISPATCHED, State.NOT_EXAMINED}),
        State.DISPATCHED: frozenset({State.AT_LAB}),
        State.AT_LAB: frozenset({State.OPENED, State.NOT_EXAMINED}),
        State.OPENED: frozenset({State.REPORT_FILED}),
        State.REPORT_FILED: frozenset({State.JUDGED, State.OPENED}),
        State.JUDGED: frozenset({State.CLOSED}),
        State.NOT_EXAMINED: frozenset({State.CLOSED}),
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
    stratum = models.ForeignKey(Stratum, models.PROTECT, null=True, blank=True, related_name="purchases")
    rank = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=15, choices=State.choices, default=State.PLANNED)
    planned_by = models.CharField(max_length=100)
    planned_at = models.DateTimeField()
    shopper = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    order = models.CharField(_("order number"), max_length=100, blank=True)
    paid = models.BigIntegerField(_("paid (won)"), null=True)
    ordered_at = models.DateTimeField(null=True)
    seal_number = models.CharField(_("seal number"), max_length=50, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("shopper",), mentions=("reason",))

    class Meta:
        verbose_name = _("test purchase")
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="purchase_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(draw="RANDOM", stratum__isnull=False, rank__isnull=False)
                | models.Q(draw="TARGETED", stratum=None, rank=None),
                name="random_and_targeted_draws_never_mix",
            ),
            models.UniqueConstraint(
                fields=["stratum", "listing"], name="one_purchase_per_stratum_and_listing"
            ),
        ]

    def __str__(self) -> str:
        return f"test purchase {self.pk}"


class CustodyEvent(models.Model):
    """One entry of an exhibit's custody chain; the database lets its texts be erased, and nothing else (migration 0004).

    The hash covers the texts by salted commitments, so that one that must be forgotten goes and the chain stays whole.
    """

    class Kind(models.TextChoices):
        RECEIVED = "RECEIVED", _("received and unpacked")
        SEALED = "SEALED", _("sealed")
        DISPATCHED = "DISPATCHED", _("handed over for examination")
        ARRIVED = "ARRIVED", _("arrived at the examiner")
        OPENED = "OPENED", _("seal opened for examination")
        STORED = "STORED", _("stored")
        LOANED = "LOANED", _("loaned")
        RETURNED = "RETURNED", _("returned")
        DESTROYED = "DESTROYED", _("destroyed")

    TEXTS: ClassVar = ("from_party", "to_party", "place", "note")
    LAST_LEG: ClassVar = (Kind.STORED, Kind.LOANED, Kind.RETURNED, Kind.DESTROYED)

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
    video = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    certificate = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    weight = models.PositiveIntegerField(_("weight (g)"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    commitments = models.JSONField()
    salts = models.JSONField()
    recorded_by = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=TEXTS, salts="salts")

    class Meta:
        verbose_name = _("custody entry")
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
            "texts": self.commitments,
            "happened_at": self.happened_at.astimezone(UTC).isoformat(),
            "seal_number": self.seal_number,
            "is_seal_intact": self.is_seal_intact,
            "photo_sha256": self.photo.sha256 if self.photo else "",
            "video_sha256": self.video.sha256 if self.video else "",
            "weight": self.weight,
            "certificate_sha256": self.certificate.sha256 if self.certificate else "",
            "recorded_by": self.recorded_by,
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
        }

    def sealed_row(self) -> dict[str, Any]:
        """The entry with its texts as far as they stand, and the hashes: what anybody can check by themselves."""
        texts = {name: {"text": getattr(self, name), "salt": self.salts.get(name, "")} for name in self.TEXTS}
        return {
            "entry": self.sealed_entry(),
            "said": {name: one for name, one in texts.items() if one["text"] or one["salt"]},
            "previous_hash": self.previous_hash,
            "hash": self.hash,
        }


def custody_fault(events: list[CustodyEvent]) -> str:
    return fault_of_chain(event.sealed_row() for event in events)


def holds_for_penalty(events: list[CustodyEvent]) -> bool:
    """Whether what was found may lead to a penalty: the whole way recorded, every seal intact, no entry changed."""
    return is_usable((e.kind for e in events), (e.is_seal_intact for e in events), custody_fault(events))


class Verdict(models.Model):
    """What an examiner found, and how; it counts from the countersignature on, ``given_at``."""

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
    document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    examiner = models.CharField(max_length=200)
    filed_at = models.DateTimeField()
    is_usable = models.BooleanField()
    countersigned_by = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    PERSONAL: ClassVar = Personal(kept_as="CASE", mentions=("method", "reasons"))

    class Meta:
        verbose_name = _("verdict")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(given_at=None, countersigned_by="")
                | (
                    models.Q(given_at__isnull=False)
                    & ~models.Q(countersigned_by__in=["", models.F("examiner")])
                ),
                name="a_given_verdict_bears_two_hands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purchase} is {self.finding}"


class VerdictPicture(models.Model):
    """What the examiner saw."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["verdict", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verdict", "number"], name="one_verdict_picture_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id}.{self.number}"
