"""Documents from strangers, each with a clear answer; and those that two sellers sent."""

import io
import zipfile

import pytest
from PIL import Image, ImageDraw, ImageFilter
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

from klean.core.models import StoredFile
from klean.core.refusals import Refused
from sellers.models import BrandAuthorisation
from sellers.queries import copies_of
from sellers.screening.documents import read_document
from tests import make

pytestmark = pytest.mark.usefixtures("policy")
LONG = [
    "We, Haneul Mills of Seoul, hereby authorise the shop named below to sell goods",
    "under our trademark HANEUL on marketplaces in the Republic of Korea until the",
    "last day of this year, provided that it keeps to our rules on presentation.",
]


def written(change):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make.LETTER)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def many_pages(writer):
    for _ in range(60):
        writer.add_blank_page(200, 200)


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("letter.pdf", make.LETTER)
    return out.getvalue()


@pytest.mark.parametrize(
    ("document", "code", "words"),
    [
        (b"MZ\x90\x00 a program called letter.pdf", "file_type", "none of"),
        (b"<html><script>alert(1)</script></html>", "file_type", "none of"),
        (archive(), "file_type", "none of"),
        (b"", "file_type", "none of"),
        (b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024), "file_too_large", "larger than 10 MB"),
        (b"%PDF-1.7\nnothing here", "document_damaged", "cut off or damaged"),
        (make.LETTER[:150], "document_damaged", "cut off or damaged"),
        (make.picture()[:1500], "document_damaged", "cut off or damaged"),
        (written(lambda writer: writer.encrypt("secret")), "document_encrypted", "locked with a password"),
        (written(lambda writer: writer.add_open_action(JavaScript("app.alert(1)"))), "document_active", "runs scripts"),
        (written(lambda writer: writer.add_attachment("a.exe", b"MZ")), "document_active", "holds other files"),
        (written(many_pages), "document_pages", "more than 50 pages"),
        (make.letter_of("Representative 900101-1234567"), "resident_number", "Black it out"),
    ],
    ids=[
        "program", "page", "archive", "empty", "huge", "no pdf", "cut pdf", "cut picture", "encrypted", "script",
        "attachment", "long", "resident number",
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_taken_is_refused_with_its_reason(settings, document, code, words):
    settings.LANGUAGE_CODE = "en"
    shop, brand = make.seller(), make.brand()

    with pytest.raises(Refused, match=words) as refusal:
        make.submission(shop, brand, document=document)

    assert refusal.value.code == code
    assert not BrandAuthorisation.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_is_locked_only_against_changes_is_read():
    reading = read_document(written(lambda writer: writer.encrypt("", "owner's secret")))

    assert "Moonlight Shop" in reading.text


def test_text_and_pages_are_read():
    reading = read_document(make.letter_of(*LONG))

    assert "hereby authorise" in reading.text
    assert (reading.pages, reading.picture_print) == (1, None)
    assert reading.text_print is not None


def scan(name, *, blur=0.0, size=(620, 877)):
    page = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, 300, 200), fill="navy")
    draw.ellipse((380, 640, 560, 820), outline="red", width=12)
    for line in range(12):
        draw.line((60, 260 + 30 * line, 560 - (97 * line) % 300, 260 + 30 * line), fill="black", width=6)
    draw.text((60, 840), name, fill="black")
    out = io.BytesIO()
    page.filter(ImageFilter.GaussianBlur(blur)).resize(size).save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.parametrize(
    ("one", "other", "is_copy"),
    [
        (make.LETTER, make.LETTER, True),
        (scan("Moonlight Shop"), scan("Starlight Shop", blur=1.0, size=(900, 1273)), True),
        (make.letter_of(*LONG, "Moonlight Shop"), make.letter_of(*LONG, "Starlight Shop"), True),
        (scan("Moonlight Shop"), make.picture(size=(620, 877)), False),
        (
            make.letter_of(*LONG),
            make.letter_of(
                "Baram Works SpA grants the following retailer a licence for its line of shoes,",
                "limited to outlets within the European Economic Area and excluding online sales.",
            ),
            False,
        ),
    ],
    ids=["same", "new scan", "other name", "other picture", "other text"],
)
def test_a_document_that_two_sellers_sent_is_flagged(one, other, is_copy):
    brand = make.brand()
    first = make.submission(make.seller(), brand, document=one)
    second = make.submission(make.seller("s-200", "Starlight"), brand, document=other)

    assert copies_of(second) == ([first] if is_copy else [])
    assert copies_of(first) == ([second] if is_copy else [])


def test_a_sellers_own_document_is_no_copy():
    shop = make.seller()
    make.submission(shop, make.brand())
    again = make.submission(shop, make.brand("Baram"))

    assert copies_of(again) == []
