"""Pictures that hashes do not know are looked at again, only where the rest of the listing leaves a doubt."""

import pytest

pytest.importorskip("cv2", reason="the extra `pictures` is not installed")

from bench.attacks import attacked, draw, jpeg
from listings.actions.embeddings import embed_pictures
from listings.actions.screenings import rescreen_listings
from listings.models import PictureEmbedding
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
DOUBTED, HARMLESS = "HANEUL STUDIO 토트백", "Canvas tote bag"


@pytest.fixture
def collage(tmp_path) -> str:
    """The address of a collage with the brand's known fake in it, whose embedding is kept."""
    brand = make.brand("Haneul", protection="GATED")
    make.reference(brand, jpeg(draw(3)), kind="COUNTERFEIT")
    make.known()
    assert embed_pictures(at=NOON, actor=TESTER) == 1
    data = attacked("collage 2x2", draw(3), 1, [draw(seed) for seed in range(20, 26)])
    return make.photo_file(tmp_path, "collage", data)


def matches(listing) -> list[dict]:
    return [one["evidence"] for one in listing.current_screening.signals if one["kind"] == "image_match"]


def test_a_doubted_listing_whose_collage_shows_a_known_fake_is_told_with_the_region(
    collage, person, browser_of
) -> None:
    listing = make.listing(title=DOUBTED, pictures=(collage,))

    (match,) = matches(listing)
    assert (match["method"], match["reference_kind"]) == ("embedding+features", "counterfeit")
    left, top, right, bottom = match["region"]
    assert (right - left) * (bottom - top) < 0.5
    assert listing.verdict == "block"
    page = browser_of(person("moderator")).get("/desk/listings/L-1", headers={"accept-language": "en"})
    assert "Part of picture 1 shows front.jpg" in page.content.decode()


def test_a_listing_that_nothing_speaks_against_is_not_looked_at_again(collage) -> None:
    assert matches(make.listing(title=HARMLESS, pictures=(collage,))) == []


def test_what_the_second_match_found_is_found_again_without_fetching_the_picture(collage) -> None:
    listing = make.listing(title=DOUBTED, pictures=(collage,))
    rescreen_listings([listing.pk], at=NOON, actor=TESTER)
    make.screened()
    listing.refresh_from_db()

    assert [one["method"] for one in matches(listing)] == ["embedding+features"]


def test_a_picture_is_described_once(collage) -> None:
    assert embed_pictures(at=NOON, actor=TESTER) == 0
    assert PictureEmbedding.objects.get().method == "landmarks"
