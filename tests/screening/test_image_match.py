import hashlib

import pytest
from PIL import Image, ImageOps

from bench.attacks import attacked, draw, jpeg
from screening.checks.image_match.find import image_signals
from screening.images.decode import BadPicture
from screening.images.match import RADIUS, Reference, ReferenceKind, References, strength
from screening.images.pdq import pdq_of


def reference(number: int, data: bytes, kind: ReferenceKind = "official", brand: str = "Nike") -> Reference:
    hashed = pdq_of(data)
    digest = hashlib.sha256(data).digest()
    return Reference(number, brand, kind, f"{brand}-{number}.jpg", hashed.hash, hashed.quality, digest)


BANK = References.build([reference(seed, jpeg(draw(seed))) for seed in range(1, 9)])


@pytest.mark.parametrize(
    "attack", ["recompress 25", "resize 50", "resize 25", "grey", "light", "blur", "noise", "stretch"]
)
def test_a_disguised_copy_matches_its_original_and_no_other(attack):
    data = attacked(attack, draw(3), 1, [draw(20)])

    (matches,) = BANK.matches([data])

    assert [match.reference_id for match in matches] == [3]
    assert matches[0].method == "pdq"
    assert matches[0].distance <= RADIUS


@pytest.mark.parametrize(("turn", "named"), [(ImageOps.mirror, "mirrored"), (ImageOps.flip, "upside down")])
def test_a_flipped_copy_matches_and_the_flip_is_named(turn, named):
    (matches,) = BANK.matches([jpeg(turn(draw(3)))])

    assert [(match.reference_id, match.transform) for match in matches] == [(3, named)]


def test_another_picture_matches_nothing():
    assert BANK.matches([jpeg(draw(seed)) for seed in range(30, 40)]) == [[]] * 10


def test_the_same_file_matches_by_its_bytes():
    (matches,) = BANK.matches([jpeg(draw(3))])

    assert [(match.reference_id, match.method, match.distance) for match in matches] == [(3, "sha256", 0)]


def test_a_flat_picture_matches_only_by_its_bytes():
    flat = jpeg(Image.new("RGB", (300, 300), (250, 250, 250)))
    bank = References.build([reference(1, flat)])

    same, alike = bank.matches([flat, jpeg(Image.new("RGB", (300, 300), (249, 250, 250)))])

    assert [match.method for match in same] == ["sha256"]
    assert alike == []


def test_a_signal_says_what_matched_and_where():
    ((signal,),) = image_signals(BANK, [[jpeg(draw(40)), jpeg(draw(3), 40)]])

    assert (signal.kind, signal.brand) == ("image_match", "Nike")
    assert 0.35 <= signal.value <= 0.7
    assert signal.evidence["reference"] == "Nike-3.jpg"
    assert signal.evidence["reference_id"] == 3
    assert signal.evidence["reference_kind"] == "official"
    assert signal.evidence["picture"] == 1
    assert signal.evidence["region"] == [0, 0, 1, 1]


def test_a_genuine_reference_silences_a_known_fake_that_is_no_nearer():
    data = jpeg(draw(3))
    bank = References.build([reference(1, data, "counterfeit"), reference(2, jpeg(draw(3), 95), "genuine")])

    assert image_signals(bank, [[jpeg(draw(3), 95)]]) == [[]]
    assert [signal.value for signal in image_signals(bank, [[data]])[0]] == [1.0]


def test_the_strongest_match_of_a_brand_speaks_and_each_brand_once():
    bank = References.build(
        [
            reference(1, jpeg(draw(1)), "official", "Nike"),
            reference(2, jpeg(draw(2)), "removed", "Nike"),
            reference(3, jpeg(draw(3)), "counterfeit", "Gucci"),
        ]
    )

    (signals,) = image_signals(bank, [[jpeg(draw(seed), 60) for seed in (1, 2, 3)]])

    assert [(s.brand, s.evidence["reference_id"], s.value) for s in signals] == [
        ("Nike", 2, 0.95),
        ("Gucci", 3, 1.0),
    ]


def test_signals_stay_with_their_listing():
    signals = image_signals(BANK, [[], [jpeg(draw(5))], [jpeg(draw(50))], [jpeg(draw(6))]])

    assert [[signal.evidence["reference_id"] for signal in each] for each in signals] == [[], [5], [], [6]]


def test_an_added_reference_is_known_at_once():
    bank = BANK.added([reference(60, jpeg(draw(60)), "removed")])

    assert [match.reference_id for match in bank.matches([jpeg(draw(60), 50)])[0]] == [60]
    assert BANK.matches([jpeg(draw(60), 50)]) == [[]]


def test_an_unreadable_picture_is_named_by_its_place():
    with pytest.raises(BadPicture, match="Picture 2: The picture is cut off"):
        BANK.matches([jpeg(draw(1)), jpeg(draw(2))[:5_000]])


def test_strength_falls_with_distance_and_a_known_fake_weighs_most():
    falling = [strength("counterfeit", distance) for distance in range(RADIUS + 1)]

    assert falling == sorted(falling, reverse=True)
    assert (falling[0], falling[-1]) == (1.0, 0.5)
    assert strength("counterfeit", 20) > strength("official", 20) > strength("genuine", 20) == 0
