import io

import numpy as np
import pytest
from PIL import Image, ImageOps

pytest.importorskip("cv2", reason="the extra `pictures` is not installed")

from bench.attacks import attacked, draw, jpeg
from screening.checks.image_match.find import image_signals
from screening.images.decode import BadPicture
from screening.images.features import features, features_of_reference, turned_over
from screening.images.geometry import fit
from screening.images.landmarks import Landmarks
from screening.images.match import Reference, References
from screening.images.pdq import pdq_of
from screening.images.regions import panels, proposals
from screening.images.secondary_match import Embedded, SecondaryMatcher, Verifier, landmarks_of

OTHERS = [draw(seed) for seed in range(20, 26)]
FILES = {seed: jpeg(draw(seed)) for seed in range(1, 9)}


class Colours:
    """A plain embedding for the tests: the picture in 8 × 8 colours, centred."""

    def __call__(self, pictures):
        rows = np.stack(
            [np.asarray(one.convert("RGB").resize((8, 8)), np.float32).ravel() for one in pictures]
        )
        rows -= rows.mean(axis=1, keepdims=True)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def matcher():
    landmarks = Landmarks.build({seed: landmarks_of(data) for seed, data in FILES.items()})
    return SecondaryMatcher(Verifier.load(), landmarks, FILES.__getitem__)


@pytest.mark.parametrize(
    "attack",
    [
        "crop 10",
        "crop 20",
        "crop 35",
        "border",
        "turn 5",
        "turn 15",
        "turn 45",
        "perspective",
        "screenshot",
        "collage 3x3",
        "pasted 30",
    ],
)
def test_what_hashes_lose_is_seen_again(matcher, attack):
    data = attacked(attack, draw(3), 1, OTHERS)

    assert [one.reference_id for one in matcher(data)][:1] == [3]


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned_by_exif(image):
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(image, "JPEG", exif=exif)


CROPPED = draw(3).crop((50, 40, 460, 330))
SIXTEEN_BITS = Image.fromarray(np.asarray(CROPPED.convert("L")).astype(np.uint16) * 257)


@pytest.mark.parametrize(
    "data",
    [
        saved(CROPPED.convert("CMYK"), "JPEG"),
        saved(SIXTEEN_BITS, "PNG"),
        saved(CROPPED.convert("RGBA"), "PNG"),
        saved(CROPPED, "GIF", save_all=True, append_images=[draw(40).resize(CROPPED.size)]),
        saved(CROPPED, "WEBP", save_all=True, append_images=[draw(40).resize(CROPPED.size)]),
        turned_by_exif(CROPPED),
    ],
    ids=["cmyk", "16 bit", "rgba", "animated gif", "animated webp", "turned by exif"],
)
def test_a_copy_is_seen_however_it_is_stored(matcher, data):
    assert [one.reference_id for one in matcher(data)] == [3]


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 2), (9_000, 40)])
def test_a_picture_of_any_shape_is_looked_at_without_error(matcher, size):
    assert matcher(saved(draw(1).resize(size), "PNG")) == []


def test_an_honest_other_picture_is_not_seen_in_the_references(matcher):
    assert [matcher(jpeg(draw(seed))) for seed in range(30, 42)] == [[]] * 12


def test_a_mirrored_and_cropped_copy_is_seen_as_mirrored(matcher):
    cropped = ImageOps.mirror(draw(3)).crop((40, 30, 470, 340))

    assert [(one.reference_id, one.mirrored) for one in matcher(jpeg(cropped))][:1] == [(3, True)]


def test_the_region_is_where_the_copy_lies(matcher):
    ground = draw(20, 800, 800)
    ground.paste(draw(3).resize((400, 300)), (300, 400))

    (seen, *_) = matcher(jpeg(ground))

    assert seen.reference_id == 3
    assert seen.region == pytest.approx((300 / 800, 400 / 800, 700 / 800, 700 / 800), abs=0.03)


def test_the_later_tiers_are_asked_only_for_what_hashes_leave_open(matcher):
    bank = References.build(
        [Reference(n, "Nike", "removed", f"{n}.jpg", pdq_of(data).hash, 100) for n, data in FILES.items()]
    )
    asked = []

    def counting(data):
        asked.append(data)
        return matcher(data)

    plain, hidden = jpeg(draw(2), 50), attacked("crop 20", draw(3), 1, OTHERS)
    ((by_hash, by_features),) = [bank.matches([plain, hidden], counting)]

    assert asked == [hidden]
    assert [(match.reference_id, match.method) for match in by_hash] == [(2, "pdq")]
    assert [(match.reference_id, match.method) for match in by_features] == [(3, "embedding+features")]
    ((signal,),) = image_signals(bank, [[hidden]], matcher)
    assert signal.evidence["method"] == "embedding+features"
    assert 0 < signal.value <= 0.95


def test_a_broken_picture_is_refused_before_anything_looks_at_it(matcher):
    with pytest.raises(BadPicture, match="cut off"):
        matcher(FILES[1][:4_000])


def test_a_panel_with_straight_edges_is_proposed():
    screen = Image.new("RGB", (400, 800), (255, 255, 255))
    screen.paste(draw(3).resize((400, 300)), (0, 150))

    found = panels(np.asarray(screen.convert("L").resize((200, 200))))

    assert any(box == pytest.approx((0, 150 / 800, 1, 450 / 800), abs=0.02) for box in found)


def test_proposals_lie_within_the_picture_and_are_few():
    for seed, size in ((1, (480, 360)), (2, (300, 900)), (3, (900, 300))):
        found = proposals(np.asarray(draw(seed, *size).convert("L").resize((200, 200))), size[0] / size[1])

        assert 19 <= len(found) <= 33
        assert all(0 <= x0 < x1 <= 1.001 and 0 <= y0 < y1 <= 1.001 for x0, y0, x1, y1 in found)


def test_a_blank_picture_has_nothing_to_fit():
    blank = features(Image.new("RGB", (300, 200), (255, 255, 255)))

    assert len(blank.points) == 0
    assert fit(features(draw(1)), blank) is None
    assert fit(blank, features(draw(1))) is None
    assert Landmarks.build({1: landmarks_of(FILES[1])}).proposed(blank, 5) == []


def test_mirrored_features_are_those_of_the_mirrored_picture():
    turned, found = turned_over(features_of_reference(draw(3))), features(ImageOps.mirror(draw(3)))

    mapped = fit(turned, found)

    assert mapped.inliers > 0.8 * mapped.matches > 80
    scale = found.grey.shape[1] / turned.grey.shape[1]
    assert mapped.matrix == pytest.approx(np.diag([scale, scale, 1.0]), abs=1.0)


def test_a_model_proposes_what_landmarks_do_not():
    colours = Colours()
    embedded = Embedded(colours, np.array([3]), colours([draw(3)]))
    blind = Landmarks.build(dict.fromkeys(FILES, b""))
    asked = SecondaryMatcher(Verifier.load(), blind, FILES.__getitem__, embedded)

    assert [one.reference_id for one in asked(attacked("border", draw(3), 1, OTHERS))] == [3]
    assert (
        SecondaryMatcher(Verifier.load(), blind, FILES.__getitem__)(attacked("border", draw(3), 1, OTHERS))
        == []
    )
