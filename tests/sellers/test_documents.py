"""Documents from strangers, each with a clear answer; and those that two sellers sent."""

import io
import zipfile

import pytest
from PIL import ExifTags, Image, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from klean.core.files.documents import read_document
from klean.core.files.models import StoredFile
from klean.core.rows.refusals import Refused
from klean.core.rows.validators import has_resident_number
from sellers.actions.reviews import review_authorisation, tick_checks
from sellers.actions.submissions import give_info
from sellers.models import BrandAuthorisation
from sellers.queries.checks import checks_of
from sellers.queries.copies import copies_of
from tests import make
from tests.fixtures import NOON, TESTER

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


def office_file():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w:t>900101-1234567</w:t>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("document", "code", "words"),
    [
        (b"MZ\x90\x00 a program called letter.pdf", "file_type", "none of"),
        (b"<html><script>alert(1)</script></html>", "file_type", "none of"),
        (archive(), "file_type", "none of"),
        (b"", "file_type", "none of"),
        ("대리인 900101-1234567".encode(), "file_type", "none of"),
        (office_file(), "file_type", "none of"),
        (b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024), "file_too_large", "larger than 10 MB"),
        (b"%PDF-1.7\nnothing here", "document_damaged", "cut off or damaged"),
        (make.LETTER[:150], "document_damaged", "cut off or damaged"),
        (make.picture()[:1500], "document_damaged", "cut off or damaged"),
        (written(lambda writer: writer.encrypt("secret")), "document_encrypted", "locked with a password"),
        (
            written(lambda writer: writer.add_open_action(JavaScript("app.alert(1)"))),
            "document_active",
            "runs scripts",
        ),
        (
            written(lambda writer: writer.add_attachment("a.exe", b"MZ")),
            "document_active",
            "holds other files",
        ),
        (written(many_pages), "document_pages", "more than 50 pages"),
        (make.letter_of("Representative 900101-1234567"), "resident_number", "Black it out"),
    ],
    ids=[
        "program",
        "page",
        "archive",
        "empty",
        "text",
        "docx",
        "huge",
        "no pdf",
        "cut pdf",
        "cut picture",
        "encrypted",
        "script",
        "attachment",
        "long",
        "resident number",
    ],
)
def test_a_document_that_cannot_be_taken_is_refused_with_its_reason(settings, document, code, words):
    settings.LANGUAGE_CODE = "en"
    shop, brand = make.seller(), make.brand()

    with pytest.raises(Refused, match=words) as refusal:
        make.submission(shop, brand, document=document)

    assert refusal.value.code == code
    assert not BrandAuthorisation.objects.exists()
    assert not StoredFile.objects.exists()


NUMBER = "900101-1234567"


def pictured(kind, **saved):
    out = io.BytesIO()
    Image.open(io.BytesIO(make.picture())).save(out, kind, **saved)
    return out.getvalue()


def tagged(tag):
    exif = Image.Exif()
    exif[tag] = NUMBER
    return exif


def noted_in_png():
    note = PngInfo()
    note.add_itxt("Comment", f"주민등록번호 {NUMBER}")
    return note


def with_field(writer):
    name, value = TextStringObject("number"), TextStringObject(NUMBER)
    field = DictionaryObject(
        {NameObject("/T"): name, NameObject("/FT"): NameObject("/Tx"), NameObject("/V"): value}
    )
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = form


@pytest.mark.parametrize(
    "document",
    [
        make.letter_of("Representative", NUMBER),
        make.letter_of("9 0 0 1 0 1 - 1 2 3 4 5 6 7"),
        make.letter_of("Representative 900101", "1234567"),
        written(with_field),
        written(lambda writer: writer.add_annotation(0, Text(rect=(9, 9, 50, 50), text=f"Kim, {NUMBER}"))),
        written(lambda writer: writer.add_metadata({"/Subject": NUMBER})),
        pictured("JPEG", comment=f"scan of {NUMBER}"),
        pictured("JPEG", exif=tagged(ExifTags.Base.ImageDescription)),
        pictured("WEBP", exif=tagged(ExifTags.Base.Artist)),
        pictured("PNG", pnginfo=noted_in_png()),
        pictured("GIF", comment=NUMBER.encode()),
    ],
    ids=[
        "pdf text",
        "pdf boxes",
        "pdf two lines",
        "pdf form",
        "pdf remark",
        "pdf title",
        "jpeg comment",
        "jpeg exif",
        "webp exif",
        "png text",
        "gif comment",
    ],
)
def test_a_resident_number_in_what_an_upload_says_is_refused_and_nothing_kept(document):
    with pytest.raises(Refused) as refusal:
        make.submission(document=document)
    with pytest.raises(Refused) as of_evidence:
        make.ip_right(kind="UNREGISTERED", number="", evidence=document)

    assert (refusal.value.code, of_evidence.value.code) == ("resident_number", "resident_number")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (NUMBER, True),
        ("９００１０１－１２３４５６７", True),
        ("9001011234567", True),
        ("900101–1234567", True),
        ("900101-1******", False),
        ("901301-1234567", False),
        ("8801234567893", False),
        ("116-82-00276", False),
        ("2026-01-01 1234567", False),
        ("1 2 3 4 5 6 7 8 9 0 1 2 3", False),
        ("9 0 0 1 0 1 1 2 3 4 5 6 7 8", False),
    ],
)
def test_what_is_taken_for_a_resident_number(text, is_one):
    assert has_resident_number(f"x {text} x") is is_one


def test_a_number_that_only_a_person_sees_deletes_the_picture_and_asks_for_another():
    scanned = make.submission(document=make.picture())
    review_authorisation(scanned, at=NOON, actor=TESTER)
    unknown = [check.is_met for check in checks_of(scanned, at=NOON) if "resident" in str(check.words)]

    tick_checks(scanned, {"signed": True, "no_resident_number": False}, at=NOON, actor=TESTER)

    scanned.refresh_from_db()
    assert unknown == [None]
    assert (scanned.state, scanned.document, scanned.ticks) == (
        BrandAuthorisation.State.INFO_REQUESTED,
        None,
        {},
    )
    assert "resident registration number" in scanned.reasons["en"]
    assert not StoredFile.objects.exists()
    with pytest.raises(Refused, match="document"):
        give_info(scanned, note="Here.", at=NOON, actor=TESTER)
    give_info(scanned, note="Here.", document=make.LETTER, at=NOON, actor=TESTER)
    assert BrandAuthorisation.objects.get().document is not None


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
