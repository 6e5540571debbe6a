import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from brands.models import Brand, IPRight, ReferenceImage, RightsHolder
from klean.core.access.models import Organisation, Role
from klean.core.events.models import Event
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def ours():
    return make.rights_holder()


@pytest.fixture
def brand(ours):
    return make.brand(holder=ours)


@pytest.fixture
def reference(brand):
    return make.reference(brand)


@pytest.fixture
def browser(ours, person, browser_of):
    return browser_of(person("rights_holder", organisation=ours.organisation))


def pages(brand, reference):
    return {
        reverse("brands:home"): "get",
        reverse("brands:create_ip_right"): "get",
        reverse("brands:create_brand"): "get",
        reverse("brands:brand", args=[brand.pk]): "get",
        reverse("brands:details", args=[brand.pk]): "post",
        reverse("brands:create_reference", args=[brand.pk]): "post",
        reverse("brands:reference", args=[reference.pk]): "get",
        reverse("brands:retire", args=[reference.pk]): "post",
    }


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RIGHTS_HOLDER}))
def test_nobody_but_rights_holders_opens_the_pages(brand, reference, person, browser_of, role):
    browser = browser_of(person(role))
    events = Event.objects.count()
    for page, method in pages(brand, reference).items():
        assert getattr(browser, method)(page).status_code == 403, page
    assert Event.objects.count() == events


def test_strangers_are_asked_to_log_in(client, brand, reference):
    for page, method in pages(brand, reference).items():
        response = getattr(client, method)(page)
        assert (response.status_code, response.url.startswith("/accounts/login/")) == (302, True)


def test_another_rights_holders_brand_is_not_there(brand, reference, person, browser_of):
    theirs = make.rights_holder("Baram Works")
    browser = browser_of(person("rights_holder", name="rival", organisation=theirs.organisation))
    for page, method in pages(brand, reference).items():
        if brand.name not in page and any(part.isdigit() for part in page.split("/")):
            assert getattr(browser, method)(page, {"korean_name": "x"}).status_code == 404, page
    assert brand.name not in browser.get(reverse("brands:home")).content.decode()
    assert ReferenceImage.objects.get().retired_at is None
    assert Brand.objects.get().korean_name == "하늘"


def test_the_home_shows_brands_and_rights_in_few_queries(
    browser, ours, reference, django_assert_max_num_queries
):
    make.ip_right(ours)
    for n in range(30):
        make.brand(f"Haneul {n}", holder=ours)

    with django_assert_max_num_queries(17):
        page = browser.get(reverse("brands:home")).content.decode()

    assert "40-1234567" in page
    assert "Haneul 29" in page


def test_an_organisation_that_is_not_registered_yet_is_told_so(person, browser_of):
    organisation = Organisation.objects.create(name="New Atelier", kind="RIGHTS_HOLDER")
    page = browser_of(person("rights_holder", organisation=organisation)).get(reverse("brands:home"))
    assert "not registered as a rights holder yet" in page.content.decode()


def test_a_right_is_added_by_its_form(browser, ours):
    form = {
        "holder": ours.pk,
        "kind": "TRADEMARK",
        "number": "40-1234567",
        "title": "HANEUL",
        "nice_classes": "18, 25",
    }

    assert browser.post(reverse("brands:create_ip_right"), form).status_code == 302
    assert IPRight.objects.get().nice_classes == [18, 25]


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"number": "10-1234567"}, 409, "no number of a trademark"),
        ({"nice_classes": "18, 99"}, 422, "numbers from 1 to 45"),
        ({"nice_classes": "²"}, 422, "numbers from 1 to 45"),
        ({"kind": "SECRET"}, 422, "Select a valid choice"),
        ({"expires_on": "tomorrow"}, 422, "Enter a valid date"),
        ({"holder": "x' OR 1=1"}, 422, "Select a valid choice"),
    ],
)
def test_a_wrong_right_is_refused_on_its_form(browser, ours, wrong, status, words):
    form = {"holder": ours.pk, "kind": "TRADEMARK", "number": "40-1234567", "title": "HANEUL"} | wrong

    response = browser.post(reverse("brands:create_ip_right"), form)

    assert (response.status_code, words in response.content.decode()) == (status, True)
    assert not IPRight.objects.exists()


def test_a_right_is_not_added_in_anothers_name(browser):
    theirs = make.rights_holder("Baram Works")
    form = {"holder": theirs.pk, "kind": "TRADEMARK", "number": "40-1234567", "title": "BARAM"}

    assert browser.post(reverse("brands:create_ip_right"), form).status_code == 422
    assert not IPRight.objects.exists()


def test_a_brand_is_added_and_a_taken_name_refused(browser, ours):
    make.brand("Baram")
    form = {
        "holder": ours.pk,
        "name": "Goyo",
        "korean_name": "고요",
        "aliases": "GY, Goyo Seoul,,GY",
        "list_price": "5000",
    }

    assert browser.post(reverse("brands:create_brand"), form).status_code == 302
    taken = browser.post(reverse("brands:create_brand"), form | {"name": "baram"})

    assert taken.status_code == 409
    assert "already registered" in taken.content.decode()
    goyo = Brand.objects.get(name="Goyo")
    assert (goyo.rights_holder, goyo.aliases, goyo.list_price) == (ours, ["GY", "Goyo Seoul"], 5000)
    assert Brand.objects.get(name="Baram").rights_holder is None


def test_details_change_and_a_price_can_be_taken_away(browser, brand):
    details = reverse("brands:details", args=[brand.pk])
    browser.post(details, {"korean_name": "하늘결", "aliases": "HN", "list_price": "129000"})
    browser.post(details, {"korean_name": "하늘결", "aliases": "", "list_price": ""})

    brand.refresh_from_db()
    assert (brand.korean_name, brand.aliases, brand.list_price) == ("하늘결", [], None)
    assert "Haneul" in browser.get(reverse("brands:brand", args=[brand.pk])).content.decode()


def test_a_picture_is_added_seen_and_retired(browser, brand):
    upload = SimpleUploadedFile("front.jpg", make.picture())
    page = reverse("brands:create_reference", args=[brand.pk])
    assert browser.post(page, {"kind": "GENUINE", "picture": upload}).status_code == 302

    reference = ReferenceImage.objects.get()
    assert (reference.kind, reference.label) == ("GENUINE", "front.jpg")
    seen = browser.get(reverse("brands:reference", args=[reference.pk]))
    assert b"".join(seen.streaming_content) == make.picture()
    assert "front.jpg" in browser.get(reverse("brands:brand", args=[brand.pk])).content.decode()

    browser.post(reverse("brands:retire", args=[reference.pk]))
    assert ReferenceImage.objects.get().retired_at


@pytest.mark.parametrize(
    "data", [b"<svg onload=alert(1)>", b"%PDF-1.7", make.picture(size=(900, 900))[:2000]]
)
def test_what_is_no_whole_picture_is_refused_on_the_form(browser, brand, data):
    upload = SimpleUploadedFile("front.jpg", data, content_type="image/jpeg")

    response = browser.post(
        reverse("brands:create_reference", args=[brand.pk]), {"kind": "OFFICIAL", "picture": upload}
    )

    assert response.status_code == 409
    assert not ReferenceImage.objects.exists()


def test_a_command_registers_a_verified_rights_holder(capsys):
    make.brand()
    organisation = Organisation.objects.create(name="New Atelier", kind="RIGHTS_HOLDER")

    call_command("register_rights_holder", "New Atelier", "--brands", "Haneul")
    with pytest.raises(CommandError, match="No brand is registered as Unknown"):
        call_command("register_rights_holder", "New Atelier", "--brands", "Unknown")
    with pytest.raises(CommandError, match="No rights holder's organisation"):
        call_command("register_rights_holder", "Nobody")

    assert RightsHolder.objects.get().organisation == organisation
    assert Brand.objects.get().rights_holder.verified_at
