"""Files: every sound row is taken, every other one is reported by its line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from klean.core.operations.due_work import until_quiet
from listings.actions.prices import recompute_prices
from listings.actions.screenings import screen_due_listings
from listings.actions.training import promote_model
from listings.models import Listing, PriceStatistics, Screening, ScreeningModel
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
HEAD = "id,title,price,brand,seller_id,image_link,colour\n"
FEED = (
    HEAD + "L-1,Canvas tote bag,39000 KRW,,s-100,,natural\n"
    ",No id,1,,s-100,,\n"
    "L-2,,1,,s-100,,\n"
    "L-3,Price is no number,cheap,,s-100,,\n"
    "L-1,The same id again,1,,s-100,,\n"
    "L-4,Unknown seller,1,,s-999,,\n"
    "L-5,A way out,1,,s-100,../../etc/passwd,\n"
    "L-6,HANEUL STUDIO 토트백 미러급,39000,,s-100,,\n"
    "L-7,With a picture,39000,,s-100,bag.jpg,\n"
    "L-8,With a broken picture,39000,,s-100,broken.jpg,\n"
    "L-9,Without its picture,39000,,s-100,gone.jpg,\n"
)


@pytest.fixture
def feed(tmp_path):
    make.seller()
    make.brand("Haneul", protection="GATED")
    make.known()
    make.photo_file(tmp_path)
    (tmp_path / "broken.jpg").write_bytes(make.photo()[:500])
    path = tmp_path / "feed.csv"
    path.write_text(FEED)
    return path


def run(*args: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_an_import_takes_what_is_sound_and_reports_the_rest_by_line(feed, capsys) -> None:
    out, _ = run("import_listings", str(feed), images=feed.parent)

    errors = capsys.readouterr().err
    for line, field in (
        (3, "id"),
        (4, "title"),
        (5, "price"),
        (6, "id"),
        (7, "seller_id"),
        (8, "image_link"),
    ):
        assert f"line {line}: {field}" in errors
    assert "5 created" in out
    assert "6 bad rows" in out
    assert set(Listing.objects.values_list("external_id", flat=True)) == {"L-1", "L-6", "L-7", "L-8", "L-9"}
    assert Listing.objects.get(external_id="L-1").attributes == {"colour": "natural"}

    until_quiet(screen_due_listings)
    states = dict(Listing.objects.values_list("external_id", "state"))
    assert states == {"L-1": "LIVE", "L-6": "BLOCKED", "L-7": "LIVE", "L-8": "HELD", "L-9": "HELD"}


def test_an_import_again_queues_nothing(feed) -> None:
    run("import_listings", str(feed), images=feed.parent)
    runs = Screening.objects.count()
    out, _ = run("import_listings", str(feed), images=feed.parent)
    assert "5 unchanged" in out
    assert Screening.objects.count() == runs


@pytest.mark.parametrize("workers", [1])
def test_a_file_is_judged_in_its_order_without_storing(feed, tmp_path, workers) -> None:
    out_file = tmp_path / "verdicts.jsonl"
    out, _ = run("screen", str(feed), images=feed.parent, out=out_file, workers=workers)

    verdicts = [json.loads(line) for line in out_file.read_text().splitlines()]
    assert [(v["id"], v["verdict"]) for v in verdicts] == [
        ("L-1", "clear"),
        ("L-1", "clear"),
        ("L-4", "clear"),
        ("L-6", "block"),
        ("L-7", "clear"),
        ("L-8", "review"),
        ("L-9", "review"),
    ]
    assert verdicts[-1]["signals"][0]["kind"] == "picture_unreadable"
    assert "4 clear, 2 review, 1 block; 4" in out
    assert not Listing.objects.exists()


def test_a_broken_off_run_is_resumed_where_it_ended(feed, tmp_path) -> None:
    out_file = tmp_path / "verdicts.jsonl"
    run("screen", str(feed), images=feed.parent, out=out_file)
    whole = out_file.read_bytes()
    out_file.write_bytes(whole[: len(whole) // 2])

    run("screen", str(feed), images=feed.parent, out=out_file, resume=True)
    assert out_file.read_bytes() == whole
    run("screen", str(feed), images=feed.parent, out=out_file, resume=True)
    assert out_file.read_bytes() == whole


def test_the_verdicts_of_another_file_are_not_gone_on_with(feed, tmp_path) -> None:
    out_file = tmp_path / "verdicts.jsonl"
    out_file.write_text('{"id": "another"}\n')
    with pytest.raises(CommandError, match="leave --resume out"):
        run("screen", str(feed), images=feed.parent, out=out_file, resume=True)
    assert out_file.read_text() == '{"id": "another"}\n'


def test_a_file_without_titles_is_refused(tmp_path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("id,price\n1,2\n")
    for command, options in (("import_listings", {}), ("screen", {"out": tmp_path / "out.jsonl"})):
        with pytest.raises(CommandError, match="no column title"):
            run(command, str(path), **options)


def test_a_model_is_trained_from_code_and_scores_once_promoted() -> None:
    with pytest.raises(CommandError, match="too few"):
        run("train_screening")
    assert not ScreeningModel.objects.exists()

    run("train_screening", from_code=True)
    model = ScreeningModel.objects.get()
    assert (model.promoted_at, model.shadow_since is not None) == (None, True)
    assert make.listing("before").current_screening.model_version != model.sha256
    promote_model(model, at=NOON, actor=TESTER)
    assert make.listing().current_screening.model_version == model.sha256


def test_prices_are_counted_from_the_catalogue() -> None:
    make.brand("Haneul", protection="OPEN")
    shop = make.seller()
    rows = [
        make.listing_row(f"L-{n}", by=shop, title="HANEUL STUDIO tote", price=400_000 + 1000 * n)
        for n in range(40)
    ]
    make.upserted(*rows)
    make.screened()
    recompute_prices(at=NOON, actor=TESTER)

    assert PriceStatistics.objects.get(brand="haneul", category="bag", market="", condition="new").rows == 40
    cheap = make.listing("cheap", title="HANEUL STUDIO tote", price=90_000)
    assert "price_outlier" in [signal["kind"] for signal in cheap.current_screening.signals]
    assert cheap.verdict == "review"
