"""The exhibit and the genuine item, to be seen beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from brands.models import ReferenceImage
from klean.core.files.models import StoredFile
from mystery_shop.models import TestPurchase

MAX_REFERENCES = 12


@dataclass(frozen=True)
class Shot:
    """``key`` is its name in an address."""

    key: str
    caption: str
    file: StoredFile


def exhibit_shots(purchase: TestPurchase) -> list[Shot]:
    """What was photographed on its way, then what the examiner saw."""
    entries = purchase.custody.exclude(photo=None).select_related("photo").order_by("number")
    shots = [
        Shot(f"custody-{entry.number}", str(entry.get_kind_display()), entry.photo)
        for entry in entries
        if entry.photo
    ]
    verdict = getattr(purchase, "verdict", None)
    seen = verdict.pictures.select_related("file").order_by("number") if verdict else []
    return shots + [Shot(f"verdict-{one.number}", _("seen by the examiner"), one.file) for one in seen]


def reference_shots(purchase: TestPurchase) -> list[Shot]:
    """The brand's own pictures and known fakes of the brand that the offer trades on, the genuine first."""
    kept = ReferenceImage.objects.filter(
        brand__name=purchase.listing.trades_on or purchase.listing.brand_text, retired_at=None
    ).exclude(file=None)
    genuine_first = sorted(
        kept.select_related("file").order_by("pk")[:MAX_REFERENCES],
        key=lambda one: one.kind == ReferenceImage.Kind.COUNTERFEIT,
    )
    return [
        Shot(f"reference-{one.pk}", f"{one.get_kind_display()}: {one}", one.file)
        for one in genuine_first
        if one.file
    ]


@dataclass(frozen=True)
class Gallery:
    """``keeps`` is the other gallery's choice, as the end of an address."""

    name: str
    label: str
    shots: list[Shot]
    keeps: str


@dataclass(frozen=True)
class Pictures:
    """``pair`` are the chosen ones: of the exhibit, and of the references when there are any."""

    pair: list[Shot]
    galleries: list[Gallery]


def pictures_of(purchase: TestPurchase, chosen: Mapping[str, str]) -> Pictures | None:
    """What lies beside what, by the keys that were chosen, else the last of the exhibit and the first reference."""
    exhibits, references = exhibit_shots(purchase), reference_shots(purchase)
    if not exhibits:
        return None
    exhibit = _chosen(exhibits, chosen.get("exhibit", ""), exhibits[-1])
    reference = _chosen(references, chosen.get("reference", ""), references[0]) if references else None
    galleries = [
        Gallery("exhibit", _("The exhibit"), exhibits, f"&reference={reference.key}" if reference else "")
    ]
    if references:
        galleries.append(Gallery("reference", _("References"), references, f"&exhibit={exhibit.key}"))
    return Pictures([exhibit, *([reference] if reference else [])], galleries)


def _chosen(shots: list[Shot], key: str, default: Shot) -> Shot:
    return next((shot for shot in shots if shot.key == key), default)


def shot_of(purchase: TestPurchase, key: str) -> Shot:
    for shot in (*exhibit_shots(purchase), *reference_shots(purchase)):
        if shot.key == key:
            return shot
    raise Http404
