"""The rights holder's desk: what screening flagged for their brands, and notices that are not filed yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from klean.core.access.models import Organisation, User
from klean.core.rows.personal import Personal
from klean.core.rows.states import Stepped
from listings.models import Listing


class WatchItem(Stepped):
    """A revision of a listing that screening flagged under a brand, until the brand's holder has said what it is."""

    class State(models.TextChoices):
        WAITING = "WAITING", _("awaiting your review")
        CONFIRMED = "CONFIRMED", _("reported")
        WAVED_OFF = "WAVED_OFF", _("marked harmless")

    STEPS: ClassVar = {
        State.WAITING: frozenset({State.CONFIRMED, State.WAVED_OFF}),
        State.CONFIRMED: frozenset({State.WAITING}),
        State.WAVED_OFF: frozenset({State.WAITING}),
    }

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="watch_items")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="watch_items")
    revision = models.PositiveIntegerField()
    score = models.FloatField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    flagged_at = models.DateTimeField()
    alerted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    PERSONAL: ClassVar = Personal(kept_as="CASE", staff=("answered_by",))

    class Meta:
        verbose_name = _("watchlist item")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["brand", "listing", "revision"], name="one_watch_item_per_brand_and_revision"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["brand", "-id"], name="watch_waiting", condition=models.Q(state="WAITING")),
            models.Index(fields=["id"], name="watch_unalerted", condition=models.Q(alerted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.brand_id} {self.listing_id}"


class NoticeDraft(models.Model):
    """A notice in the making, or with ``is_template`` words to begin the next ones with."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="notice_drafts")
    name = models.CharField(_("name"), max_length=100)
    is_template = models.BooleanField(default=False)
    body = models.JSONField(_("contents"))
    saved_at = models.DateTimeField()

    PERSONAL: ClassVar = Personal(kept_as="COMPLAINT", mentions=("name", "body"))

    class Meta:
        verbose_name = _("notice draft")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name", "is_template"], name="one_draft_per_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
