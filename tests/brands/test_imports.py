import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from brands.actions.references import picture_of, record_reference_hashes, retire_reference
from brands.models import Brand, ReferenceImage
from klean.core.events.models import Event
from klean.core.files.store import read_file
from klean.core.rows.refusals import Refused
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.django_db
BRANDS = "brand,korean_name,aliases,country,category,protection,list_price\n"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def command(brands=BRANDS, references=None):
        Path("brands.csv").write_text(brands)
        options = {}
        if references is not None:
            with Path("references.csv").open("w", newline="") as file:
                csv.writer(file).writerows([["brand", "image", "kind"], *references])
            options = {"references": Path("references.csv"), "images": Path("images")}
        out = io.StringIO()
        call_command("import_brands", Path("brands.csv"), stdout=out, **options)
        return out.getvalue().splitlines(), capsys.readouterr().err.splitlines()

    Path("images").mkdir()
    return command


def test_a_brand_file_is_imported_and_again_changes_nothing(run):
    content = BRANDS + 'Haneul,하늘,HN|HANEUL STUDIO,KR,bag,gated,"129,000"\nBaram,,,,,,\n'

    assert run(content)[0] == ["Brands: 2 new, 0 changed, 0 same, 0 bad rows left out"]
    assert run(content)[0] == ["Brands: 0 new, 0 changed, 2 same, 0 bad rows left out"]

    haneul = Brand.objects.get(name="Haneul")
    assert (haneul.korean_name, haneul.aliases, haneul.list_price) == (
        "하늘",
        ["HN", "HANEUL STUDIO"],
        129_000,
    )
    assert (haneul.protection, Brand.objects.get(name="Baram").protection) == ("GATED", "MONITORED")
    assert Event.objects.count() == 2


def test_columns_that_are_not_there_change_nothing(run):
    run(BRANDS + "Haneul,하늘,HN,KR,bag,gated,1000\n")

    run("brand,wikidata_id\nHaneul,Q1\n")

    assert Brand.objects.get().protection == "GATED"
    assert Brand.objects.get().aliases == ["HN"]


def test_bad_rows_are_named_and_the_rest_is_imported(run):
    out, err = run(
        BRANDS
        + "Haneul,,,,,,\n,하늘,,,,,\nBaram,,,,,secret,\nGoyo,,,,,,cheap\nHaneul,again,,,,,\nBada,,,,,open,\n"
    )

    assert set(Brand.objects.values_list("name", flat=True)) == {"Haneul", "Bada"}
    assert err == [
        "brands.csv, line 3: brand is missing",
        "brands.csv, line 4: protection is 'secret'; it should be one of open, monitored, gated",
        "brands.csv, line 5: list_price is 'cheap'; it should be a whole number from 0 to 1,000,000,000,000",
        "brands.csv, line 6: brand 'Haneul' was already on line 2; this row is left out",
    ]
    assert out == ["Brands: 2 new, 0 changed, 0 same, 4 bad rows left out"]


def test_a_file_without_brands_ends_with_its_reason(run):
    with pytest.raises(CommandError, match="no column brand"):
        run("title,price\na,1\n")
    assert not Brand.objects.exists()


def test_reference_images_are_kept_once(run):
    make.brand()
    Path("images/front.jpg").write_bytes(make.picture())
    rows = [["Haneul", "front.jpg", ""], ["Haneul", "front.jpg", "counterfeit"]]

    assert run(references=rows)[0][1] == "Reference images: 2 new, 0 same, 0 bad rows left out"
    assert run(references=rows)[0][1] == "Reference images: 0 new, 2 same, 0 bad rows left out"

    official = ReferenceImage.objects.get(kind="OFFICIAL")
    assert official.label == "front.jpg"
    assert read_file(official.file) == make.picture()
    assert Event.objects.filter(name="brands.reference.added").count() == 2


def test_hostile_images_are_reported_and_the_good_one_is_kept(run):
    make.brand()
    whole = make.picture(size=(900, 900))
    bomb = make.picture("white", (10, 10), "PNG").replace(
        b"\x00\x00\x00\x0a\x00\x00\x00\x0a", b"\x00\x01\x00\x00\x00\x01\x00\x00"
    )
    files = {
        "cut.jpg": whole[: len(whole) // 2],
        "bomb.png": bomb,
        "text.jpg": b"hello",
        "empty.jpg": b"",
        "good.png": make.picture(kind="PNG"),
    }
    for name, data in files.items():
        (Path("images") / name).write_bytes(data)
    Path("secret.jpg").write_bytes(whole)
    (Path("images") / "link.jpg").symlink_to(Path("secret.jpg").resolve())
    bad = [
        "cut.jpg",
        "bomb.png",
        "text.jpg",
        "empty.jpg",
        "missing.jpg",
        "../secret.jpg",
        "/etc/passwd",
        "link.jpg",
        ".",
    ]
    rows = [["Haneul", name, "official"] for name in [*bad, "good.png"]]

    out, err = run(references=[*rows, ["Nobody", "good.png", ""], ["Haneul", "good.png", "stolen"]])

    assert out[1] == "Reference images: 1 new, 0 same, 11 bad rows left out"
    assert {line.partition(": ")[0] for line in err} == {
        f"references.csv, line {n}" for n in [*range(2, 11), 12, 13]
    }
    errors = "\n".join(err)
    assert "'cut.jpg': The picture is cut off or damaged" in errors
    assert "more than 40 million pixels" in errors
    assert errors.count("lies outside") == 3
    assert "brand 'Nobody' is not registered" in errors
    assert "kind is 'stolen'; it should be one of official, counterfeit, genuine" in errors
    assert ReferenceImage.objects.get().label == "good.png"


def test_a_retired_picture_comes_back_when_it_is_added_again():
    brand = make.brand()
    reference = make.reference(brand)
    retire_reference(reference, at=NOON, actor=TESTER)
    retire_reference(reference, at=NOON, actor=TESTER)
    assert ReferenceImage.objects.get().retired_at == NOON

    assert make.reference(brand) == reference

    assert ReferenceImage.objects.get().retired_at is None
    names = (
        Event.objects.filter(name__startswith="brands.reference")
        .order_by("id")
        .values_list("name", flat=True)
    )
    assert [name.rpartition(".")[2] for name in names] == ["added", "retired", "added"]


def test_hashes_are_noted_in_one_statement(django_assert_num_queries):
    brand = make.brand()
    one, two = make.reference(brand), make.reference(brand, make.picture("red"))

    with django_assert_num_queries(1):
        assert (
            record_reference_hashes(
                [(one.pk, b"\x01" * 32, 90, 320, 240), (two.pk, b"\x02" * 32, 40, 320, 240)],
                at=NOON,
                actor=TESTER,
            )
            == 2
        )

    two.refresh_from_db()
    assert (bytes(two.hash), two.quality, two.width) == (b"\x02" * 32, 40, 320)


def test_a_jpeg_of_thousands_of_scans_is_refused():
    picture = make.picture()
    with pytest.raises(Refused, match="too many layers"):
        picture_of(picture[:-2] + b"\xff\xda" * 200 + picture[-2:])
