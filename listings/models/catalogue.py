"""The catalogue."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, HashIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from klean.core.files.models import StoredFile
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from sellers.models import Seller


class Verdict(models.TextChoices):
    CLEAR = "clear", _("clear")
    REVIEW = "review", _("to review")
    BLOCK = "block", _("block")


UNCOMPARED = Q(judged_revision__isnull=False) & (
    Q(compared_revision=None) | ~Q(compared_revision=F("judged_revision"))
)


class Listing(Stepped):
    """An offer of a seller; a stopped one is not edited. ``price`` is in won, ``currency`` what it was given in.

    ``verdict``, ``score``, ``trades_on``, the brand that it is sold under, and ``is_underpriced``, far below what such
    goods cost, are what screening found in ``judged_revision``.
    """

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", _("submitted")
        LIVE = "LIVE", _("live")
        HELD = "HELD", _("held")
        BLOCKED = "BLOCKED", _("blocked")
        QUARANTINED = "QUARANTINED", _("quarantined")
        REMOVED = "REMOVED", _("removed")

    class Reason(models.TextChoices):
        """Why screening holds a listing or lets it be; an action of a person writes its own words."""

        NONE = "", ""
        FLAGGED = "flagged", _("flagged by screening")
        PICTURE = "picture", _("a picture cannot be read")
        FAILED = "failed", _("screening failed")
        OVERDUE = "overdue", _("screening has not answered in time")

    STEPS: ClassVar = {
        State.SUBMITTED: frozenset({State.LIVE, State.HELD, State.BLOCKED, State.QUARANTINED, State.REMOVED}),
        # Edited before screening had ever judged it, what a person let live is like a new offer.
        State.LIVE: frozenset({State.SUBMITTED, State.HELD, State.BLOCKED, State.QUARANTINED, State.REMOVED}),
        State.HELD: frozenset({State.LIVE, State.BLOCKED, State.QUARANTINED, State.REMOVED}),
        State.BLOCKED: frozenset({State.LIVE, State.HELD, State.QUARANTINED, State.REMOVED}),
        State.QUARANTINED: frozenset({State.LIVE, State.BLOCKED, State.REMOVED}),
        State.REMOVED: frozenset({State.LIVE}),
    }
    STOPPED: ClassVar = (State.QUARANTINED, State.REMOVED)

    external_id = models.CharField(max_length=100, unique=True)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="listings")
    title = models.CharField(_("title"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    link = models.CharField(max_length=2000, blank=True)
    brand_text = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=750, blank=True)
    condition = models.CharField(max_length=20, blank=True)
    price = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="KRW")
    attributes = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    content_sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.SUBMITTED, db_default=State.SUBMITTED
    )
    state_reason = models.CharField(max_length=200, blank=True)
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True)
    score = models.FloatField(null=True, blank=True)
    trades_on = models.CharField(max_length=150, blank=True)
    is_underpriced = models.BooleanField(db_default=False)
    judged_revision = models.PositiveIntegerField(null=True, blank=True)
    # What a person found harmless stays so until it is edited.
    cleared_revision = models.PositiveIntegerField(null=True, blank=True)
    compared_revision = models.PositiveIntegerField(null=True, blank=True)
    current_screening = models.ForeignKey("Screening", models.PROTECT, null=True, related_name="+")

    PERSONAL: ClassVar = Personal(kept_as="BUSINESS", mentions=("title", "description"))

    class Meta:
        verbose_name = _("listing")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="LIVE")
                | Q(judged_revision__isnull=False)
                | Q(cleared_revision__isnull=False, cleared_revision=F("revision")),
                name="listing_live_only_when_judged",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="listing_price_not_negative"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["seller", "-id"], name="listing_of_seller"),
            models.Index(fields=["seller"], name="listing_removed", condition=Q(state="REMOVED")),
            models.Index(
                fields=["changed_at"], name="listing_unjudged", condition=~Q(judged_revision=F("revision"))
            ),
            models.Index(fields=["id"], name="listing_uncompared", condition=UNCOMPARED),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="listing_title_trigram"),
            HashIndex(fields=["link"], name="listing_by_link", condition=Q(link__gt="")),
        ]

    def __str__(self) -> str:
        return self.external_id

    @staticmethod
    def uncompared() -> "models.QuerySet[Listing]":
        """Those that were judged since they were last compared with what other sellers show."""
        return Listing.objects.filter(UNCOMPARED)

    @property
    def is_on(self) -> bool:
        """Buyers can see it."""
        return self.state == self.State.LIVE

    @property
    def is_stopped(self) -> bool:
        return self.state in self.STOPPED

    @property
    def web_link(self) -> str:
        """Where the offer stands, when that is an address a page may lead to."""
        return self.link if self.link.startswith(("http://", "https://")) else ""

    @property
    def reason_words(self) -> str:
        """Why it is in its state, in the reader's language: a reason of screening's or of an app above, or own words."""
        known: dict[str, object] = {**_reasons, **dict(self.Reason.choices)}
        return str(known.get(self.state_reason, self.state_reason))


_reasons: dict[str, object] = {}


def register_reasons(words: Mapping[str, object]) -> None:
    """What people read for the codes that an app gives as reasons to stop a listing; for its ``ready``."""
    _reasons.update(words)


class TextPrint(models.Model):
    """A print of a text that a seller has shown; near-copies share one. It stays when the listing goes."""

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="+")
    print = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["print", "seller"], name="one_text_print_per_seller")
        ]

    def __str__(self) -> str:
        return f"{self.print:x} of {self.seller_id}"


class ListingPicture(models.Model):
    """A picture by where it was, with its perceptual hash; ``file`` is a small copy, kept where it is evidence."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=2000)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.BinaryField(max_length=32, default=b"")
    hash = models.BinaryField(max_length=32, default=b"")
    quality = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("picture of a listing")
        ordering: ClassVar = ["listing_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["listing", "position"], condition=Q(replaced_at=None), name="one_picture_per_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.position}"
