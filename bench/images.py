"""Copied pictures: recall for each attack and real false matches on honest photos, beside the usual hashes.

Half of the references and honest photos fit the verifier and its threshold, the other half is scored, and then the
other way round; so every figure of "tiers 1-3" is held out. Peers get the best threshold on the very photos that they
are scored on, which flatters them.
"""

import argparse
import csv
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.attacks import ATTACKS, attacked, jpeg
from bench.image_peers import CROPS, PEERS, CropResistant, nearest, split
from screening.images.decode import colour
from screening.images.embedding import Embedder
from screening.images.features import SIDE
from screening.images.landmarks import Landmarks
from screening.images.match import Reference, References
from screening.images.pdq import pdq_of
from screening.images.secondary_match import SHIPPED, Embedded, SecondaryMatcher, Verifier, landmarks_of

RESULTS = Path(__file__).with_name("results")
DATA = os.environ.get("KLEAN_DATA", "")
MAX_FALSE = 0.001
MARGIN = 8.0  # a thousand honest photos show but few of the hardest
MAX_KIN = 100
# Only decides where landmarks settle it, while the real weights are being fitted: nearly all detail must agree.
PROVISIONAL = Verifier((0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0), -11.0, 0.95)
EMBEDDING = "embedding, one threshold"


@dataclass(frozen=True, slots=True)
class Photos:
    """Paths: references, honest other photos, and other colours or near-twins of the references."""

    references: list[Path]
    honest: list[Path]
    kin: list[Path]


@dataclass(frozen=True, slots=True)
class Question:
    """A picture to judge: `own` is the reference that it was made of, or -1; `kind` is an attack or what it is."""

    kind: str
    own: int
    place: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    kind: str
    own: int
    place: int
    tier1: tuple[int, ...]
    clues: tuple[tuple[int, tuple[float, ...]], ...]
    seconds: float
    distances: dict[str, tuple[float, float]]  # to its own reference, to the nearest other one


def photos(data: Path, count: int, honest: int | None = None) -> Photos:
    rows = list(csv.DictReader((data / "manifest.csv").open(encoding="utf-8")))
    rows = [rows[n] for n in np.random.default_rng(5).permutation(len(rows))]
    chosen, rest = rows[:count], rows[count:]
    # The Luma shop shows one shot recoloured: that is the same picture, not an honest other one.
    taken = {row["near_group"] for row in chosen if row["near_group"]}
    taken |= {row["group"] for row in chosen if row["group"].startswith("luma")}
    near = [row["near_group"] in taken or row["group"] in taken for row in rest]
    paths = [data / row["file"] for row in rest]
    return Photos(
        [data / row["file"] for row in chosen],
        [path for path, is_near in zip(paths, near, strict=True) if not is_near][:honest],
        [path for path, is_near in zip(paths, near, strict=True) if is_near],
    )


class Judge:
    """Everything known of the references, ours and the peers'."""

    def __init__(self, these: Photos, model: Path | None, crops: bool) -> None:
        files = [path.read_bytes() for path in these.references]
        hashes = [pdq_of(data) for data in files]
        self.references = References.build(
            [Reference(n, "", "counterfeit", str(n), h.hash, h.quality) for n, h in enumerate(hashes)]
        )
        pictures = [colour(data, SIDE) for data in files]
        self.embedded = None
        if model:
            embed = Embedder(model.read_bytes())
            self.embedded = Embedded(
                embed, np.arange(len(files)), np.concatenate([embed([p]) for p in pictures])
            )
        landmarks = Landmarks.build({n: landmarks_of(data) for n, data in enumerate(files)})
        self.matcher = SecondaryMatcher(PROVISIONAL, landmarks, files.__getitem__, self.embedded)
        self.crops = CropResistant(pictures) if crops else None
        self.peers = {
            name: np.stack([each(picture)[0] for picture in pictures]) for name, each in PEERS.items()
        }

    def answer(self, question: Question) -> Answer:
        tier1 = tuple(match.reference_id for match in self.references.matches([question.data])[0])
        started = time.process_time()
        picture = colour(question.data, SIDE)
        seen = [] if tier1 else self.matcher.sightings(picture)
        seconds = time.process_time() - started
        distances = {
            name: nearest(self.peers[name], each(picture), question.own) for name, each in PEERS.items()
        }
        if self.embedded:
            cosines = (self.embedded.embed([picture]) @ self.embedded.rows.T)[0]
            distances[EMBEDDING] = split(1 - cosines, question.own)
        if self.crops:
            distances[CROPS] = split(self.crops.distances(picture), question.own)
        clues = tuple((one.reference_id, one.clues) for one in seen)
        return Answer(question.kind, question.own, question.place, tier1, clues, seconds, distances)


def questions(these: Photos, each: int) -> Iterator[Question]:
    """Attacked references; honest photos and near-twins plain; honest photos under a changing attack as well."""
    others = [Image.open(path).convert("RGB") for path in these.honest[:200]]
    step = max(1, len(these.references) // each)
    for kind in ATTACKS:
        for own in list(range(0, len(these.references), step))[:each]:
            image = Image.open(these.references[own]).convert("RGB")
            yield Question(kind, own, own, attacked(kind, image, own, others))
    names = list(ATTACKS)
    for place, path in enumerate(these.honest):
        image = Image.open(path).convert("RGB")
        yield Question("honest", -1, place, jpeg(image))
        yield Question(
            "honest, attacked", -1, place, attacked(names[place % len(names)], image, place, others)
        )
    for place, path in enumerate(these.kin[:MAX_KIN]):
        yield Question("near-twin", -1, place, path.read_bytes())


@cache
def judge(data: Path, count: int, model: Path | None, crops: bool) -> Judge:
    return Judge(photos(data, count), model, crops)


def _answered(work: tuple[Path, int, Path | None, bool, Question]) -> Answer:
    with threadpool_limits(1):
        return judge(*work[:4]).answer(work[4])


def fitted(answers: Sequence[Answer]) -> Verifier:
    """Weights by logistic regression, and a threshold with at most MAX_FALSE of the honest within MARGIN of it."""
    rows = [(clues, ref == answer.own) for answer in answers for ref, clues in answer.clues]
    model = LogisticRegression(C=30, max_iter=2000).fit(
        [clues for clues, _ in rows], [true for _, true in rows]
    )
    plain = Verifier(tuple(model.coef_[0].tolist()), float(model.intercept_[0]), 0.0)
    honest = sorted((best(plain, answer) for answer in answers if answer.own < 0), reverse=True)
    allowed = int(MAX_FALSE * len(honest))
    return Verifier(plain.weights, plain.intercept, max(0.5, min(0.999, farther(honest[allowed]))))


def farther(probability: float) -> float:
    """The probability whose odds are MARGIN times as good."""
    odds = MARGIN * probability / max(1e-9, 1 - probability)
    return odds / (1 + odds)


def best(verifier: Verifier, answer: Answer, own: bool = False) -> float:
    """The highest probability of a wrong reference, or of the own one."""
    chances = [_chance(verifier, clues) for ref, clues in answer.clues if (ref == answer.own) == own]
    return max(chances, default=0.0)


def _chance(verifier: Verifier, clues: tuple[float, ...]) -> float:
    total = verifier.intercept + float(np.dot(verifier.weights, clues))
    return float(1 / (1 + np.exp(-np.clip(total, -50, 50))))


def shares(answers: Sequence[Answer], hit: Any) -> dict[str, float]:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.kind].append(bool(hit(answer)))
    return {kind: float(np.mean(hits)) for kind, hits in by_kind.items()}


def half_of(answer: Answer) -> int:
    return answer.place * 2_654_435_761 >> 16 & 1


def held_out(answers: Sequence[Answer]) -> dict[str, float]:
    rule = {
        half: fitted([a for a in answers if half_of(a) != half and a.kind != "near-twin"]) for half in (0, 1)
    }

    def hit(answer: Answer) -> bool:
        verifier, own = rule[half_of(answer)], answer.own >= 0
        by_hash = answer.own in answer.tier1 if own else bool(answer.tier1)
        return by_hash or best(verifier, answer, own) >= verifier.threshold

    return shares(answers, hit)


def by_peer(answers: Sequence[Answer], name: str) -> dict[str, float]:
    honest = sorted(a.distances[name][1] for a in answers if a.kind.startswith("honest"))
    limit = honest[int(MAX_FALSE * len(honest))]
    return shares(answers, lambda a: a.distances[name][0 if a.own >= 0 else 1] < limit)


def judged(answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    table = {name: by_peer(answers, name) for name in answers[0].distances}
    table["pdqhash at 31"] = shares(answers, lambda a: a.distances["pdqhash"][0 if a.own >= 0 else 1] <= 31)
    table["tier 1"] = shares(answers, lambda a: a.own in a.tier1 if a.own >= 0 else bool(a.tier1))
    table["tiers 1-3, held out"] = held_out(answers)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(DATA), help="folder of manifest.csv and images/")
    parser.add_argument(
        "--model", type=Path, help="SSCD as an ONNX file; without it, landmarks alone propose"
    )
    parser.add_argument("--references", type=int, default=500)
    parser.add_argument("--each", type=int, default=40, help="pictures an attack")
    parser.add_argument("--honest", type=int, default=1500, help="other photos, each judged twice")
    parser.add_argument(
        "--crops", action="store_true", help="imagehash's crop-resistant hash, a second a picture"
    )
    parser.add_argument("--fit", action="store_true", help=f"write {SHIPPED} from all of them")
    chosen = parser.parse_args()
    these = photos(chosen.data, chosen.references, chosen.honest)
    known = chosen.data, chosen.references, chosen.model, chosen.crops
    work = ((*known, question) for question in questions(these, chosen.each))
    with get_context("spawn").Pool(2) as pool:
        answers = list(pool.imap_unordered(_answered, work, chunksize=8))
    file = "images-model.json" if chosen.model else "images.json"
    report(judged(answers), answers, these, file)
    if chosen.fit:
        rule = fitted([a for a in answers if a.kind != "near-twin"])
        weights, intercept = [round(weight, 4) for weight in rule.weights], round(rule.intercept, 4)
        verifier = {"weights": weights, "intercept": intercept, "threshold": round(rule.threshold, 4)}
        origin = "python -m bench.images --fit: logistic regression over Clues on attacked and honest photos"
        SHIPPED.write_text(json.dumps(verifier | {"origin": origin}, indent=1) + "\n")


def report(table: dict[str, dict[str, float]], answers: Sequence[Answer], these: Photos, file: str) -> None:
    rest = [answer for answer in answers if not answer.tier1]
    facts = {
        "references": len(these.references),
        "honest photos": len(these.honest),
        "pictures an attack": sum(answer.kind == "mirror" for answer in answers),
        "left to tiers 2-3, of honest": float(np.mean([not a.tier1 for a in answers if a.kind == "honest"])),
        "ms CPU of tiers 2-3": 1000 * float(np.mean([a.seconds for a in rest])),
        "ms CPU of tiers 2-3, honest": 1000 * float(np.mean([a.seconds for a in rest if a.kind == "honest"])),
    }
    names = list(table)
    print(" | ".join(["attack", *names]))
    for kind in [*ATTACKS, "honest", "honest, attacked", "near-twin"]:
        print(" | ".join([kind, *(f"{table[name][kind]:.4g}" for name in names)]))
    for name in names:
        facts[f"mean recall: {name}"] = float(np.mean([table[name][kind] for kind in ATTACKS]))
    print("\n".join(f"{key}: {value:.4g}" for key, value in facts.items()))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / file).write_text(json.dumps({"facts": facts, "table": table}, indent=1) + "\n")


if __name__ == "__main__":
    main()
