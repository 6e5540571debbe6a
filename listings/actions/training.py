"""Fitting the model that scores, and letting one of them score."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import F, QuerySet

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.refusals import Refused
from listings.actions.banks import bump_bank
from listings.facts import ModelPromoted, ModelTrained
from listings.models import Listing, ScreeningModel
from listings.screening.model import synthetic
from listings.screening.model.fit import TooFewLabels, evidence, fit
from listings.screening.model.score import Rows, ScoreModel, features_of, shipped
from listings.screening.signal import Signal

DESK = (
    "the desk's decisions: removed listings against those found harmless; only listings that were doubted or reported"
    " get a decision, so scores tell of such"
)
SYNTHETIC_ROWS = 200_000


Labels = Callable[[], tuple[QuerySet[Listing], QuerySet[Listing]]]
_labels: list[Labels] = []


def learn_from(labels: Labels) -> None:
    """Further fakes and harmless listings that a model is fitted to; for an app's ``ready``."""
    _labels.append(labels)


@transaction.atomic
def train_model(*, from_code: bool, at: datetime, actor: Actor) -> ScreeningModel:
    """Fit to the desk's decisions, or to listings made by code; refused when there are too few decisions."""
    rows, fakes = synthetic.labelled(SYNTHETIC_ROWS, seed=1) if from_code else _decided()
    try:
        text = fit(rows, fakes, origin=synthetic.ORIGIN if from_code else DESK)
    except TooFewLabels as error:
        raise Refused(f"The desk has decided on too few listings: {error}.", code="too_few_labels") from None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    model, is_new = ScreeningModel.objects.get_or_create(
        sha256=sha256, defaults={"artefact": text, "trained_at": at, "trained_by": str(actor)}
    )
    if is_new:
        origin = "code" if from_code else "decisions"
        record(ModelTrained(model=sha256, origin=origin), about=model, actor=actor)
    return model


@transaction.atomic
def promote_model(model: ScreeningModel, *, at: datetime, actor: Actor) -> None:
    """Let this model score; every worker takes it up before its next batch."""
    ScreeningModel.objects.filter(pk=model.pk).update(promoted_at=at)
    record(ModelPromoted(model=model.sha256), about=model, actor=actor)
    bump_bank("model")


def compare(model: ScreeningModel) -> dict[str, dict[str, Any]]:
    """The model and the one that scores now, side by side on the desk's decisions; empty without decisions."""
    rows, fakes = _decided()
    if not fakes.any() or fakes.all():
        return {}
    champion = ScreeningModel.objects.exclude(promoted_at=None).order_by("-promoted_at").first()
    now = ScoreModel.read(champion.artefact, champion.sha256) if champion else shipped()
    new = ScoreModel.read(model.artefact, model.sha256)
    return {"now": evidence(now, rows, fakes), "new": evidence(new, rows, fakes)}


def _decided() -> tuple[Rows, np.ndarray]:
    """Features and labels of every listing that a person has decided on in the revision that was judged."""
    judged = Listing.objects.filter(judged_revision=F("revision"))
    fakes = _signals(judged.filter(state=Listing.State.REMOVED))
    harmless = _signals(judged.filter(cleared_revision=F("revision")).exclude(state=Listing.State.REMOVED))
    for more_fakes, more_harmless in (further() for further in _labels):
        fakes += _signals(more_fakes)
        harmless += _signals(more_harmless)
    labels = np.array([True] * len(fakes) + [False] * len(harmless), dtype=bool)
    return features_of([*fakes, *harmless]), labels


def _signals(listings: Any) -> list[list[Signal]]:
    rows: Iterable[list[dict[str, Any]]] = listings.values_list(
        "current_screening__signals", flat=True
    ).iterator(2000)
    return [
        [Signal(said["kind"], said["value"], said["evidence"], said["brand"]) for said in row] for row in rows
    ]
