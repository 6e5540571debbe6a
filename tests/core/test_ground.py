"""Files, addresses, numbers, policy, mail and pages of rows."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from PIL import Image

from klean.core.access.models import Organisation
from klean.core.files.models import StoredFile
from klean.core.files.store import PICTURES, keep_file, media_type_of, path_of, read_file
from klean.core.mail.deliveries import send_due_mails, write_mail
from klean.core.mail.models import Mail
from klean.core.operations.due_work import until_quiet
from klean.core.outside.fetch import Unreachable, fetch
from klean.core.rows.refusals import Refused
from klean.core.rows.validators import business_number, has_resident_number
from klean.core.web.paging import page_of
from tests.fixtures import NOON


def picture(kind="PNG", size=(8, 8)):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def bomb():
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    parts = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.usefixtures("_media")
def test_a_file_is_kept_once_by_what_it_contains(db):
    first, again = keep_file(picture(), at=NOON), keep_file(picture(), at=NOON)

    assert first == again
    assert first.media_type == "image/png"
    assert read_file(first) == picture()


@pytest.mark.usefixtures("_media")
@pytest.mark.parametrize("name", ["empty", "text", "svg", "bomb", "program"])
def test_what_is_no_document_is_refused_and_nothing_is_kept(db, name, tmp_path):
    data = {
        "empty": b"",
        "text": b"hello",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "bomb": bomb(),
        "program": b"MZ\x90\0" * 10,
    }[name]
    with pytest.raises(Refused, match="none of"):
        keep_file(data, at=NOON)
    assert not StoredFile.objects.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("_media")
def test_a_picture_is_asked_for_and_a_document_refused(db):
    with pytest.raises(Refused, match="JPEG"):
        keep_file(b"%PDF-1.7 ...", at=NOON, allowed=PICTURES)


@pytest.mark.usefixtures("_media")
def test_a_file_over_the_limit_is_refused(db, settings):
    settings.KLEAN_MAX_FILE_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="larger than 1 MB"):
        keep_file(picture() + b"0" * 1024 * 1024, at=NOON)
    assert not StoredFile.objects.exists()


def test_the_type_is_told_by_the_content():
    assert media_type_of(picture("JPEG")) == "image/jpeg"
    assert media_type_of(b"%PDF-1.4") == "application/pdf"
    assert media_type_of(b"\0\0\0\x18ftypmp42" + b"\0" * 50) == "video/mp4"
    assert media_type_of(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1") == "image/heic"


def test_a_stored_path_never_holds_a_name_from_outside():
    assert path_of(StoredFile(sha256="ab" * 32)).name == "ab" * 32


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
        "gopher://x/",
        "//x",
        "http://2130706433/",
        "http://224.0.0.1/",
    ],
)
def test_private_and_strange_addresses_are_never_asked(url):
    with pytest.raises(Unreachable):
        fetch(url, timeout_seconds=1)


@pytest.mark.parametrize("number", ["116-82-00276", "1348672683", "124-81-00998", "220-81-62517"])
def test_a_business_number_with_its_right_check_digit_is_taken(number):
    assert business_number(number) == number.replace("-", "")


@pytest.mark.parametrize(
    "number",
    ["116-82-00278", "116-82-0027", "016-82-00276", "116-00-00276", "abc", "", "１１６８２００２７６"],
)
def test_a_wrong_business_number_is_refused(number):
    with pytest.raises(ValidationError):
        business_number(number)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("900101-1234567", True),
        ("번호 9001011234567 입니다", True),
        ("900101 - 2234567", True),
        ("116-82-00276", False),
        ("901301-1234567", False),
        ("8801234567893", False),
        ("010-1234-5678", False),
    ],
)
def test_resident_registration_numbers_are_recognised(text, found):
    assert has_resident_number(text) is found


def a_mail(**also):
    write_mail(
        key="hello:1",
        to="moa@test.klean",
        language="en",
        template="mail/core/test.txt",
        context={},
        at=NOON,
        **also,
    )


@pytest.fixture
def _letter(settings, tmp_path):
    folder = tmp_path / "mail" / "core"
    folder.mkdir(parents=True)
    (folder / "test.txt").write_text("Hello\nHow are you?\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


@pytest.mark.usefixtures("_letter")
def test_a_mail_written_twice_is_sent_once(db):
    a_mail()
    a_mail()
    until_quiet(send_due_mails, now=lambda: NOON)
    until_quiet(send_due_mails, now=lambda: NOON + timedelta(days=1))

    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Hello", "How are you?", ["moa@test.klean"])


def test_an_address_is_encrypted_where_it_rests(db):
    a_mail()
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to" FROM core_mail')
        assert "moa" not in cursor.fetchone()[0]
    assert Mail.objects.get().to == "moa@test.klean"


def test_pages_by_keyset_hold_every_row_once(db):
    Organisation.objects.bulk_create(Organisation(name=f"shop {n:02}", kind="SELLER") for n in range(7))
    seen, after = [], ""
    while True:
        page = page_of(Organisation.objects.all(), order=("-pk",), after=after, size=3)
        seen += [row.name for row in page.rows]
        after = page.next
        if not after:
            break
    assert seen == [f"shop {n:02}" for n in reversed(range(7))]


@pytest.mark.parametrize("token", ["!", "AAAA", "bnVsbA", "WzEsMl0"])
def test_a_token_that_is_none_of_ours_is_the_first_page(db, token):
    Organisation.objects.create(name="shop", kind="SELLER")
    assert page_of(Organisation.objects.all(), order=("pk",), after=token).is_first
