"""Fitting the model that scores to what the desk found, trying it in shadow, and letting it score."""

import hashlib
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.refusals import Refused
from listings.actions.banks import bump_bank
from listings.facts import ModelPromoted, ModelTrained
from listings.models import Listing, ScreeningLabel, ScreeningModel
from screening.model import synthetic
from screening.model.features import NAMES, features_of
from screening.model.fit import Labelled, TooFewLabels, evidence, fit
from screening.model.score import ScoreModel, shipped
from screening.stored import read_signals

DESK = (
    "the desk's decisions, with rows made by code as a light prior; only listings that were doubted or reported get a"
    " decision, so scores tell of such"
)
SYNTHETIC_ROWS = 200_000
HELD_BACK = 4  # one in so many listings, by their ids, so that it stays held back for ever
MIN_HELD_BACK = 5  # held-back labels of each kind, below which nothing can be compared

Labels = Callable[[], tuple[QuerySet[Listing], QuerySet[Listing]]]
_labels: list[Labels] = []


def learn_from(labels: Labels) -> None:
    """Further fakes and harmless listings that a model is fitted to; for an app's ``ready``."""
    _labels.append(labels)


@transaction.atomic
def train_model(*, from_code: bool, at: datetime, actor: Actor) -> ScreeningModel:
    """A challenger in shadow, fitted to what was decided or to listings made by code; refused with too few labels."""
    try:
        text, comparison = _from_code() if from_code else _from_labels()
    except TooFewLabels as error:
        raise Refused(f"The desk has decided on too few listings: {error}.", code="too_few_labels") from None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    model, is_new = ScreeningModel.objects.get_or_create(
        sha256=sha256,
        defaults={"artefact": text, "comparison": comparison, "trained_at": at, "trained_by": str(actor)},
    )
    if is_new:
        origin = "code" if from_code else "decisions"
        record(ModelTrained(model=sha256, origin=origin), about=model, at=at, actor=actor)
    ScreeningModel.objects.exclude(shadow_since=None).update(shadow_since=None)
    ScreeningModel.objects.filter(pk=model.pk).update(shadow_since=at)
    bump_bank("model", at=at, actor=actor)
    return model


@transaction.atomic
def promote_model(model: ScreeningModel, *, at: datetime, actor: Actor) -> None:
    """Let the model in shadow, or one that scored before, score; every worker takes it up before its next batch."""
    locked = ScreeningModel.objects.select_for_update().get(pk=model.pk)
    if locked.shadow_since is None and locked.promoted_at is None:
        raise Refused(
            _("Only the model in shadow, or one that has scored before, can be promoted."),
            code="not_in_shadow",
        )
    locked.promoted_at, locked.shadow_since = at, None
    locked.save(update_fields=["promoted_at", "shadow_since"])
    record(ModelPromoted(model=locked.sha256), about=locked, at=at, actor=actor)
    bump_bank("model", at=at, actor=actor)


def _from_code() -> tuple[str, dict[str, Any]]:
    rows, fakes = synthetic.labelled(SYNTHETIC_ROWS, seed=1)
    held_back = np.arange(len(rows)) % HELD_BACK == 0
    return fit(Labelled(rows, fakes, held_back), None, origin=synthetic.ORIGIN), {}


def _from_labels() -> tuple[str, dict[str, Any]]:
    labels = _decided()
    held_back = labels.held_back
    kinds = int(labels.fakes[held_back].sum()), int((~labels.fakes[held_back]).sum())
    if min(kinds) < MIN_HELD_BACK:
        raise TooFewLabels(
            f"{kinds[0]} confirmed and {kinds[1]} harmless are held back to compare on; {MIN_HELD_BACK} of each are needed"
        )
    text = fit(labels, synthetic.labelled(SYNTHETIC_ROWS, seed=1), origin=DESK)
    champion = ScreeningModel.objects.exclude(promoted_at=None).order_by("-promoted_at").first()
    now = ScoreModel.read(champion.artefact, champion.sha256) if champion else shipped()
    new = ScoreModel.read(text, hashlib.sha256(text.encode()).hexdigest())
    rows, fakes = labels.rows[held_back], labels.fakes[held_back]
    return text, {
        "now": evidence(now, rows, fakes) | {"model": now.version},
        "new": evidence(new, rows, fakes),
        "weights": [
            [name, round(float(before), 3), round(float(after), 3)]
            for name, before, after in zip(NAMES, now.weights, new.weights, strict=True)
        ],
    }


def _decided() -> Labelled:
    """Features and labels of the listings that somebody has decided on."""
    found: dict[int, tuple[bool, Any]] = {}
    for further in _labels:
        for is_fake, listings in zip((True, False), further(), strict=True):
            rows = listings.values_list("pk", "current_screening__signals")
            found |= {pk: (is_fake, signals) for pk, signals in rows.iterator(2000)}
    decided = ScreeningLabel.objects.values_list("listing_id", "is_counterfeit", "signals")
    found |= {pk: (is_fake, signals) for pk, is_fake, signals in decided.iterator(2000)}
    features = features_of([read_signals(signals) for _is_fake, signals in found.values()])
    held_back = [zlib.crc32(str(pk).encode()) % HELD_BACK == 0 for pk in found]
    fakes = [is_fake for is_fake, _signals in found.values()]
    return Labelled(features, np.array(fakes, dtype=bool), np.array(held_back, dtype=bool))
