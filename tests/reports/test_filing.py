from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from listings.models import ListingPicture
from listings.queries.catalogue import search_by_picture
from reports.models.notices import Notice
from reports.models.portal import NoticeDraft
from screening.images.pdq import pdq_of
from tests import make

pytestmark = pytest.mark.usefixtures("policy")

WORDS = "The monogram of our mark is copied on every picture of it."


@pytest.fixture
def holder():
    user = make.holder_person()
    make.brand("Haneul", holder=make.rights_holder())
    return user


def csv(*lines):
    head = "listing,right,reason,explanation,good_faith"
    return SimpleUploadedFile("n.csv", "\n".join([head, *lines]).encode())


def test_a_file_is_filed_line_by_line_and_says_what_is_wrong(holder, browser_of):
    for name in ("1005", "1006", "1007"):
        make.offer(name)
    lines = [
        f"1005,40-1234567,COUNTERFEIT,{WORDS},yes",
        f"1006,40-1234567,COUNTERFEIT,{WORDS},yes",
        f"9999,40-1234567,COUNTERFEIT,{WORDS},yes",
        f"1007,40-0000000,COUNTERFEIT,{WORDS},yes",
        f"1007,40-1234567,COUNTERFEIT,{WORDS},",
        f"1007,40-1234567,COUNTERFEIT,{WORDS} 900101-1234567,yes",
        f"1005,40-1234567,BRAND_MISUSE,{WORDS},yes",
    ]
    page = browser_of(holder).post("/rights/notices/upload", {"file": csv(*lines)})
    assert page.status_code == 200
    assert "2 lines filed, 1 already open, 4 could not be filed." in page.text
    for words in (
        "No listing found for",
        "right: Enter the infringed right",
        "good_faith:",
        "resident registration",
    ):
        assert words in page.text
    assert Notice.objects.get().items.count() == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x00", b"a,b\n1,2", b"listing,right\n1005,x"])
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(holder, browser_of, content):
    file = SimpleUploadedFile("n.csv", content)
    assert browser_of(holder).post("/rights/notices/upload", {"file": file}).status_code in {409, 422}
    assert not Notice.objects.exists()


def test_a_draft_keeps_everything_and_a_template_the_words(holder, browser_of):
    make.offer()
    mine = browser_of(holder)
    right = holder.memberships.get().organisation.rights_holder.ip_rights.get()
    given = {
        "right": right.pk,
        "reason": "COUNTERFEIT",
        "explanation": WORDS,
        "listings": ["1005"],
        "draft_name": "Bags",
    }
    assert mine.post("/rights/notices/new", {**given, "step": "draft", "draft_name": ""}).status_code == 409
    assert mine.post("/rights/notices/new", {**given, "step": "draft"}).status_code == 302
    assert mine.post("/rights/notices/new", {**given, "step": "template"}).status_code == 302
    assert mine.post("/rights/notices/new", {**given, "step": "template"}).status_code == 302
    draft, template = NoticeDraft.objects.order_by("is_template")
    page = mine.get(f"/rights/notices/new?draft={draft.pk}").text
    assert WORDS in page
    assert 'value="1005" checked' in page
    page = mine.get(f"/rights/notices/new?draft={template.pk}").text
    assert WORDS in page
    assert 'value="1005"' not in page
    other = browser_of(make.holder_person("Other Mills", "legal@other.example"))
    assert other.get(f"/rights/notices/new?draft={draft.pk}").status_code == 404
    assert other.post(f"/rights/notices/drafts/{draft.pk}/deletions").status_code == 404
    assert mine.post(f"/rights/notices/drafts/{draft.pk}/deletions").status_code == 302
    assert "Bags" in mine.get("/rights/notices/drafts/").text


def test_a_picture_finds_the_listings_that_show_it(holder, browser_of):
    for n, name in enumerate(("bag", "shoe")):
        hashed = pdq_of(make.photo(name))
        ListingPicture.objects.create(
            listing=make.offer(f"p-{name}", title=f"A thing {n}"),
            position=0,
            address=f"https://x.example/{n}",
            hash=hashed.hash,
            quality=hashed.quality,
        )
    mirrored = BytesIO()
    ImageOps.mirror(Image.open(BytesIO(make.photo("bag")))).resize((300, 225)).save(
        mirrored, "JPEG", quality=60
    )
    for picture in (make.photo("bag", size=(640, 480)), mirrored.getvalue()):
        assert [one.external_id for one in search_by_picture(picture)] == ["p-bag"]
    assert search_by_picture(make.picture()) == []
    shown = SimpleUploadedFile("p.jpg", make.photo("bag"))
    page = browser_of(holder).post("/rights/notices/new", {"step": "search", "shown": shown}).text
    assert "p-bag" in page
    assert "p-shoe" not in page
    broken = SimpleUploadedFile("p.jpg", b"\xff\xd8\xff broken")
    assert (
        "cannot read this picture"
        in browser_of(holder).post("/rights/notices/new", {"step": "search", "shown": broken}).text
    )
