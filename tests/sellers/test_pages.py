from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from klean.core.access.models import Role
from klean.core.events.models import Event
from klean.core.mail.deliveries import send_due_mails
from sellers.actions.reviews import request_info, review_authorisation
from sellers.models import BrandAuthorisation
from sellers.queries.checks import TO_TICK
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
State = BrandAuthorisation.State
LATER = date.today() + timedelta(days=400)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def holder():
    return make.rights_holder()


@pytest.fixture
def brand(holder):
    return make.brand(holder=holder)


@pytest.fixture
def shop():
    return make.seller(organisation="Moonlight Ltd.", business_registration_number="1168200276")


@pytest.fixture
def asked(shop, brand):
    return make.submission(shop, brand, valid_until=LATER)


@pytest.fixture
def shopkeeper(shop, person, browser_of):
    return browser_of(person("seller", organisation=shop.organisation))


@pytest.fixture
def moderator(person, browser_of):
    return browser_of(person("moderator"))


@pytest.fixture
def owner(holder, person, browser_of):
    return browser_of(person("rights_holder", organisation=holder.organisation))


PAGES = [
    ("seller", "home", "get"),
    ("seller", "create_authorisation", "get"),
    ("seller", "authorisation", "get"),
    ("seller", "document", "get"),
    ("seller", "answers", "post"),
    ("seller", "withdrawals", "post"),
    ("rights_holder", "authorised_sellers", "get"),
    ("rights_holder", "revocations", "get"),
    ("desk", "desk", "get"),
    ("desk", "review", "get"),
    ("desk", "desk_document", "get"),
    ("desk", "reviews", "post"),
    ("desk", "decisions", "post"),
]
MAY = {"seller": {"seller"}, "rights_holder": {"rights_holder"}, "desk": {"moderator", "senior"}}


def address(name, asked):
    bare = {"home", "create_authorisation", "authorised_sellers", "desk"}
    return reverse(f"sellers:{name}", args=[] if name in bare else [asked.pk])


@pytest.mark.parametrize(("door", "name", "method"), PAGES)
def test_every_page_opens_to_its_own_roles_only(asked, person, browser_of, client, door, name, method):
    page = address(name, asked)
    events = Event.objects.count()
    for role in sorted(set(Role) - MAY[door]):
        assert getattr(browser_of(person(role)), method)(page).status_code == 403, role
    assert getattr(client, method)(page).status_code == 302
    assert Event.objects.count() == events


def test_another_shops_letter_is_not_there(asked, person, browser_of):
    rival = make.seller("s-200", "Rival", organisation="Rival Ltd.")
    browser = browser_of(person("seller", name="rival", organisation=rival.organisation))
    for door, name, method in PAGES:
        if door == "seller" and name not in {"home", "create_authorisation"}:
            response = getattr(browser, method)(address(name, asked), {"note": "Mine now."})
            assert response.status_code == 404, name
    assert "Haneul" not in browser.get(reverse("sellers:home")).content.decode()
    assert BrandAuthorisation.objects.get().state == State.SUBMITTED


def test_another_rights_holders_authorisations_are_not_there(shop, brand, person, browser_of):
    letter = make.authorisation(shop, brand)
    rival = make.rights_holder("Baram Works")
    browser = browser_of(person("rights_holder", name="rival", organisation=rival.organisation))

    assert browser.post(address("revocations", letter), {"reasons": "Mine."}).status_code == 404
    assert "Moonlight" not in browser.get(reverse("sellers:authorised_sellers")).content.decode()
    assert BrandAuthorisation.objects.get().state == State.APPROVED


def submission(shop, **also):
    return {
        "seller": shop.pk,
        "brand": "haneul",
        "valid_from": "2026-01-01",
        "valid_until": LATER.isoformat(),
        "territory": "kr jp",
        "grantor": "Haneul Mills",
        "grantee": "주식회사 Moonlight Shop",
    } | also


def test_a_letter_is_drafted_given_its_document_and_sent(shopkeeper, shop, brand):
    drafted = shopkeeper.post(reverse("sellers:create_authorisation"), submission(shop))
    letter = BrandAuthorisation.objects.get()
    assert drafted["Location"] == address("authorisation", letter)
    assert (letter.seller, letter.brand, letter.territory) == (shop, brand, ["JP", "KR"])

    assert shopkeeper.post(address("submissions", letter)).status_code == 409
    letter.refresh_from_db()
    assert letter.state == State.DRAFT

    document = {"document": SimpleUploadedFile("letter.pdf", make.LETTER)}
    assert shopkeeper.post(address("documents", letter), document).status_code == 302
    assert "Send it" in shopkeeper.get(address("authorisation", letter)).content.decode()
    assert shopkeeper.post(address("submissions", letter)).status_code == 302
    letter.refresh_from_db()
    assert letter.state == State.SUBMITTED
    assert "Haneul" in shopkeeper.get(reverse("sellers:home")).content.decode()


def test_a_link_from_a_missing_authorisation_names_its_brand(shopkeeper, shop, brand):
    page = shopkeeper.get(reverse("sellers:create_authorisation"), {"brand": str(brand.pk)})

    assert f'value="{brand.name}"' in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"brand": "Nothing Known"}, 422, "No brand is registered under this name"),
        ({"territory": "XX"}, 422, "country codes of two letters"),
        ({"valid_until": "2025-01-01"}, 409, "The last day"),
        ({"grantee": "Somebody Else Ltd."}, 409, "made out to somebody else"),
        ({"nice_classes": "46"}, 422, "from 1 to 45"),
        ({"rests_on": "999"}, 422, "in force"),
        ({"note": "My number is 900101-1234567"}, 422, "resident registration number"),
        ({"seller": "0"}, 422, "Select a valid choice"),
    ],
)
def test_a_wrong_submission_is_refused_on_its_form(shopkeeper, shop, brand, wrong, status, words):
    response = shopkeeper.post(reverse("sellers:create_authorisation"), submission(shop, **wrong))

    assert (response.status_code, words in response.content.decode()) == (status, True)
    assert not BrandAuthorisation.objects.exists()


def test_a_letter_is_not_submitted_for_anothers_shop(shopkeeper, brand):
    rival = make.seller("s-200", "Rival", organisation="Rival Ltd.")

    assert shopkeeper.post(reverse("sellers:create_authorisation"), submission(rival)).status_code == 422
    assert not BrandAuthorisation.objects.exists()


def test_the_desk_reviews_asks_and_approves(moderator, shopkeeper, asked):
    assert "Moonlight" in moderator.get(reverse("sellers:desk")).content.decode()
    assert moderator.post(address("reviews", asked)).status_code == 302
    question = {"outcome": "INFO_REQUESTED", "reasons": "Page 2 is missing."}
    assert moderator.post(address("decisions", asked), question).status_code == 302
    assert "Page 2 is missing." in shopkeeper.get(address("authorisation", asked)).content.decode()
    answer = {"note": "Here it is.", "document": SimpleUploadedFile("two.pdf", make.letter_of("Page 2"))}
    assert shopkeeper.post(address("answers", asked), answer).status_code == 302
    page = moderator.get(address("review", asked)).content.decode()
    assert "Here it is." in page
    assert moderator.post(address("decisions", asked), {"outcome": "APPROVED"}).status_code == 409
    make.grounded(asked.brand)
    ticks = dict.fromkeys(TO_TICK, "yes")
    assert moderator.post(address("ticks", asked), ticks | {"signed": "no"}).status_code == 302
    assert moderator.post(address("decisions", asked), {"outcome": "APPROVED"}).status_code == 409
    assert moderator.post(address("ticks", asked), ticks).status_code == 302
    assert moderator.post(address("decisions", asked), {"outcome": "APPROVED"}).status_code == 302

    asked.refresh_from_db()
    assert asked.state == State.APPROVED
    assert asked.decided_by.startswith("person:")


def test_a_decision_that_the_state_does_not_allow_is_refused(moderator, asked):
    for outcome in ("APPROVED", "REVOKED", "EXPIRED", ""):
        assert (
            moderator.post(address("decisions", asked), {"outcome": outcome, "reasons": "x"}).status_code
            == 422
        )
    review_authorisation(asked, at=NOON, actor=TESTER)
    assert moderator.post(address("decisions", asked), {"outcome": "REJECTED"}).status_code == 409

    asked.refresh_from_db()
    assert asked.state == State.IN_REVIEW


def test_the_document_is_shown_to_both_sides(moderator, shopkeeper, asked):
    for browser, name in ((moderator, "desk_document"), (shopkeeper, "document")):
        response = browser.get(address(name, asked))
        assert b"".join(response.streaming_content) == make.LETTER
        assert response["Content-Disposition"].startswith("inline" if browser is moderator else "attachment")


def test_a_seller_withdraws_what_is_not_decided(shopkeeper, asked):
    assert shopkeeper.post(address("withdrawals", asked)).status_code == 302
    assert shopkeeper.post(address("withdrawals", asked)).status_code == 409
    assert BrandAuthorisation.objects.get().state == State.WITHDRAWN


def test_a_rights_holder_revokes_what_it_did_not_grant(owner, shop, brand):
    letter = make.authorisation(shop, brand)
    assert "Moonlight" in owner.get(reverse("sellers:authorised_sellers")).content.decode()
    assert owner.post(address("revocations", letter), {"reasons": ""}).status_code == 422
    assert owner.post(address("revocations", letter), {"reasons": "Not ours."}).status_code == 302
    assert owner.get(address("revocations", letter)).status_code == 404

    letter.refresh_from_db()
    assert (letter.state, letter.reasons) == (State.REVOKED, {"en": "Not ours."})


@pytest.mark.parametrize("tab", ["open", "in_force", "suspended", "nonsense"])
def test_the_desk_list_takes_as_few_queries_for_twenty(moderator, brand, tab, django_assert_max_num_queries):
    for n in range(20):
        letter = make.submission(make.seller(f"s-{n}", f"Shop {n}"), brand)
        BrandAuthorisation.objects.filter(pk=letter.pk).update(
            state={"in_force": State.APPROVED, "suspended": State.SUSPENDED}.get(tab, State.SUBMITTED)
        )
    with django_assert_max_num_queries(11):
        page = moderator.get(reverse("sellers:desk"), {"tab": tab, "after": "rubbish"}).content.decode()
    assert "Shop 19" in page


def test_the_people_of_a_shop_are_written_once(shopkeeper, asked, deliver_events, mailoutbox):
    review_authorisation(asked, at=NOON, actor=TESTER)
    request_info(asked, reasons="Page 2 is missing.", at=NOON, actor=TESTER)
    deliver_events()
    send_due_mails(at=timezone.now())
    deliver_events()
    send_due_mails(at=timezone.now())

    assert [mail.to for mail in mailoutbox] == [["seller@test.klean"]]
    assert "Page 2 is missing." in mailoutbox[0].body
    assert f"http://testserver/seller/authorisations/{asked.pk}" in mailoutbox[0].body
