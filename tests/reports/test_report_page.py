from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from listings.models import ListingPicture
from reports.actions.answers import close_notices
from reports.models.notices import Notice
from screening.images.pdq import pdq_of
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
HOSTILE = '<script>alert(1)</script>"onload=x'


@pytest.fixture(autouse=True)
def _nobody_reported_yet():
    cache.clear()


@pytest.fixture
def anybody():
    client = Client(enforce_csrf_checks=True, **ENGLISH)
    client.get("/report")
    return client


def send(client, **also):
    token = client.cookies["csrftoken"].value
    return client.post(
        "/report", {"listing": "1005", "reason": "COUNTERFEIT", "csrfmiddlewaretoken": token} | also
    )


def shown_by(*names):
    """Listings that show one picture, and the picture."""
    data = make.photo("bag")
    hashed = pdq_of(data)
    for name in names:
        ListingPicture.objects.create(
            listing=make.offer(name, title=f"Offer {name}"),
            position=0,
            address=f"https://x.example/{name}",
            hash=hashed.hash,
            quality=hashed.quality,
        )
    return SimpleUploadedFile("p.jpg", data)


def test_a_picture_alone_names_the_one_listing_that_shows_it(anybody):
    answer = send(anybody, listing="", picture=shown_by("p-1"))
    assert answer.status_code == 302
    assert Notice.objects.get().items.get().listing.external_id == "p-1"


def test_of_several_listings_with_the_picture_the_reporter_chooses(anybody):
    page = send(anybody, listing="", picture=shown_by("p-1", "p-2"))
    assert page.status_code == 422
    assert "Choose the one you mean" in page.text
    assert page.text.count('type="radio" name="listing"') == 2
    assert not Notice.objects.exists()
    assert send(anybody, listing="p-2").status_code == 302


@pytest.mark.parametrize("picture", ["unknown", "none"])
def test_without_a_listing_that_can_be_found_the_field_is_named(anybody, picture):
    make.offer()
    also = {"picture": SimpleUploadedFile("p.jpg", make.photo("shoe"))} if picture == "unknown" else {}
    page = send(anybody, listing="", **also)
    assert page.status_code == 422
    assert 'href="#id_listing"' in page.text
    assert not Notice.objects.exists()


def test_a_decided_report_offers_the_reasons_and_an_appeal(anybody):
    listing = make.offer()
    address = send(anybody)["Location"]
    assert "/appeals/" not in anybody.get(address).text
    make.decide_on(listing)
    page = anybody.get(address).text
    assert f"/appeals/{Notice.objects.get().reference}" in page
    assert anybody.get(f"/appeals/{Notice.objects.get().reference}").status_code == 200


def test_anybody_reports_in_one_step_and_gets_a_tracking_link(anybody):
    make.offer()
    answer = send(anybody, explanation="The seam is crooked.")

    notice = Notice.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/report/{notice.reference}?new")
    page = anybody.get(answer["Location"])
    assert f"http://testserver/report/{notice.reference}" in page.text
    assert "We have received your report" in page.text
    assert (notice.notifier_type, notice.reporter, notice.address) == ("CONSUMER", None, "")


@pytest.mark.parametrize(
    "text",
    [
        "1005",
        " 1005 ",
        "https://market.example/item/1005.html?spm=a",
        "https://market.example/view?x=2&id=1005",
    ],
)
def test_a_listing_is_named_by_number_or_by_link(anybody, text):
    make.offer()
    assert send(anybody, listing=text).status_code == 302


def test_a_listing_is_named_by_the_link_of_its_feed(anybody):
    make.offer(link="https://market.example/haneul-bag")
    assert send(anybody, listing="https://market.example/haneul-bag").status_code == 302


def test_an_order_with_one_item_names_it(anybody, market):
    make.order(market)
    make.offer()
    assert send(anybody, listing="O-1001").status_code == 302
    assert Notice.objects.get().order == "O-1001"


@pytest.mark.parametrize(
    "text", ["", "999", "https://[", "https://elsewhere.example/", "x" * 2001, "1005\x00"]
)
def test_what_names_no_listing_is_an_error_of_its_field(anybody, text):
    make.offer()
    answer = send(anybody, listing=text)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["listing"]
    assert 'href="#id_listing"' in answer.text
    assert not Notice.objects.exists()


def test_an_order_gateway_that_is_down_does_not_break_the_form(anybody, market):
    market.misbehave("orders", "error")
    assert send(anybody, listing="O-1001").status_code == 422


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"reason": "ENVY"}, "reason"),
        ({"email": "not an address"}, "email"),
        ({"website": "http://spam.example"}, "website"),
        ({"explanation": "x" * 5001}, "explanation"),
        ({"explanation": "My number is 900101-1234567"}, "explanation"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_kept(anybody, also, field):
    make.offer()
    answer = send(anybody, **also)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Notice.objects.exists()


def bomb():
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"<svg onload='alert(1)'/>", b"\xff\xd8\xff\xe0 truncated", b"%PDF-1.7 x", bomb(), b""],
    ids=lambda d: repr(d[:8]),
)
def test_a_hostile_picture_is_refused_at_its_field(anybody, data):
    make.offer()
    answer = send(anybody, picture=SimpleUploadedFile("x.jpg", data, "image/jpeg"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["picture"])
    assert not Notice.objects.exists()


def test_a_picture_is_kept_by_what_it_contains(anybody):
    make.offer()
    send(anybody, picture=SimpleUploadedFile("../../etc/passwd.svg", make.picture(), "image/svg+xml"))
    assert Notice.objects.get().picture.media_type == "image/jpeg"


def test_a_second_report_from_the_same_browser_leads_to_the_first(anybody):
    make.offer()
    first = send(anybody)
    again = send(anybody)
    assert again["Location"] == first["Location"].replace("?new", "?again")
    assert "already reported this listing" in anybody.get(again["Location"]).text


def test_naming_somebody_elses_address_tells_nothing_of_their_report(anybody):
    make.offer()
    send(anybody, email="minsu@example.kr")
    other = Client(**ENGLISH)
    other.get("/report")
    answer = send(other, email="minsu@example.kr")
    assert "?new" in answer["Location"]
    assert Notice.objects.count() == 2


def test_an_address_that_reports_too_much_is_told_when_to_come_back(anybody, policy):
    listings = make.offers(21)
    for listing in listings[:20]:
        assert send(anybody, listing=listing.external_id).status_code == 302
    answer = send(anybody, listing=listings[20].external_id)
    assert answer.status_code == 429
    assert "You can try again in" in answer.text
    assert Notice.objects.count() == 20

    elsewhere = Client(REMOTE_ADDR="203.0.113.9", **ENGLISH)
    elsewhere.get("/report")
    assert send(elsewhere, listing=listings[20].external_id).status_code == 302


def test_behind_a_proxy_the_address_is_the_visitors(settings):
    settings.KLEAN_PROXIES = 1
    listings = make.offers(21)
    for n, listing in enumerate(listings):
        client = Client(headers={"X-Forwarded-For": f"6.6.6.6, 203.0.113.{n}"})
        client.get("/report")
        assert send(client, listing=listing.external_id).status_code == 302


def test_without_the_token_of_the_form_nothing_is_sent(anybody):
    make.offer()
    assert anybody.post("/report", {"listing": "1005", "reason": "COUNTERFEIT"}).status_code == 403
    assert not Notice.objects.exists()


@pytest.mark.parametrize("guess", ["2222A-2222B-2222C-2222D", "1", "x" * 200, "__", "..%2f"])
def test_every_wrong_tracking_number_is_answered_alike(anybody, guess):
    make.notice()
    answer = anybody.get(f"/report/{guess}")
    never = anybody.get("/report/ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ")
    assert answer.status_code == never.status_code == 404


def test_the_tracking_page_shows_the_answer_and_hides_from_searches(anybody):
    notice = make.notice()
    close_notices(notice.items.get().listing, upheld=True, at=NOON, actor=TESTER)
    page = anybody.get(f"/report/{notice.reference.lower()}")
    assert ">confirmed<" in page.text.replace("\n", "")
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert "no-store" in page["Cache-Control"]


def test_nothing_that_strangers_wrote_becomes_markup(anybody):
    make.offer(title=f"Bag {HOSTILE}")
    send(anybody, explanation=HOSTILE, email="minsu@example.kr")
    page = anybody.get(f"/report/{Notice.objects.get().reference}").text
    prefilled = anybody.get("/report", {"listing": HOSTILE}).text
    bad = send(anybody, listing=HOSTILE, explanation=HOSTILE).text
    for html in (page, prefilled, bad):
        assert "<script>alert" not in html
        assert '"onload' not in html


def test_the_tracking_page_does_not_show_the_reporters_address(anybody):
    notice = make.notice(by=make.anonymous("minsu@example.kr"))
    assert "minsu" not in anybody.get(f"/report/{notice.reference}").text


def test_a_person_who_is_logged_in_reports_under_their_account(browser_of):
    make.offer()
    user = make.consumer()
    client = browser_of(user)
    assert "id_email" not in client.get("/report").text
    client.post("/report", {"listing": "1005", "reason": "COUNTERFEIT"})
    assert Notice.objects.get().reporter == user
