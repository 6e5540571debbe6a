"""Which rights stand behind which brands."""

import pytest

from brands.actions.rights import register_ip_right, tie_rights
from brands.models import IPRight
from brands.queries import rights_behind
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from sellers.models import BrandAuthorisation
from sellers.queries.checks import ground_faults_of
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
State = BrandAuthorisation.State


@pytest.fixture
def holder():
    return make.rights_holder()


def test_a_right_stands_behind_the_brands_it_is_tied_to_and_no_other(holder):
    one, other = make.brand(holder=holder), make.brand("Baram", holder=holder)
    mark = make.ip_right(holder, brands=[one])

    assert (list(rights_behind(one)), list(rights_behind(other))) == ([mark], [])
    tie_rights(other, [mark], at=NOON, actor=TESTER)
    tie_rights(other, [mark], at=NOON, actor=TESTER)
    assert list(rights_behind(other)) == [mark]
    assert Event.objects.filter(name="brands.brand_rights.changed", data__brand="Baram").count() == 1


def test_anothers_right_or_brand_is_refused(holder):
    stranger = make.rights_holder("Other House")
    brand = make.brand(holder=holder)
    theirs = make.ip_right(stranger, "40-7777777")

    with pytest.raises(Refused, match="own rights holder"):
        tie_rights(brand, [theirs], at=NOON, actor=TESTER)
    with pytest.raises(Refused, match="own rights holder"):
        register_ip_right(
            stranger,
            IPRight.Kind.TRADEMARK,
            title="X",
            number="40-1111111",
            brands=[brand],
            at=NOON,
            actor=TESTER,
        )

    assert list(rights_behind(brand)) == []
    assert IPRight.objects.get() == theirs


def test_a_live_mark_of_another_brand_grounds_no_letter(holder):
    brand, other = make.brand(holder=holder), make.brand("Baram", holder=holder)
    mark = make.live_right(holder)
    tie_rights(brand, [], at=NOON, actor=TESTER)
    asked = make.submission(of=brand)
    assert list(rights_behind(other)) == [mark]
    assert ground_faults_of(asked, at=NOON) == ["no_live_right"]

    tie_rights(brand, [mark], at=NOON, actor=TESTER)
    asked.refresh_from_db()
    assert ground_faults_of(asked, at=NOON) == []


def test_untying_the_last_live_right_suspends_the_letters_of_that_brand_alone(holder, deliver_events):
    brand, other = make.brand(holder=holder), make.brand("Baram", holder=holder)
    letter, theirs = make.authorisation(of=brand), make.authorisation(make.seller("s-200"), other)
    mark = brand.ip_rights.get()

    def states():
        deliver_events()
        return [BrandAuthorisation.objects.get(pk=row.pk).state for row in (letter, theirs)]

    tie_rights(brand, [], at=NOON, actor=TESTER)
    assert states() == [State.SUSPENDED, State.APPROVED]
    tie_rights(brand, [mark], at=NOON, actor=TESTER)
    assert states() == [State.APPROVED, State.APPROVED]


def test_the_holder_ties_rights_on_the_brands_page_and_on_the_rights_own(holder, person, browser_of):
    brand, mark = make.brand(holder=holder), make.ip_right(holder)
    stranger = make.ip_right(make.rights_holder("Other House"), "40-7777777")
    browser = browser_of(person("rights_holder", organisation=holder.organisation))

    assert browser.post(f"/rights/brands/{brand.pk}/ties", {"ip_rights": [stranger.pk]}).status_code == 422
    assert not rights_behind(brand).exists()
    assert browser.post(f"/rights/brands/{brand.pk}/ties", {"ip_rights": [mark.pk]}).status_code == 302
    form = {
        "holder": holder.pk,
        "kind": "DESIGN",
        "number": "30-1234567",
        "title": "Buckle",
        "brands": [brand.pk],
    }
    assert browser.post("/rights/ip-rights/new", form).status_code == 302
    assert set(rights_behind(brand).values_list("number", flat=True)) == {"40-1234567", "30-1234567"}
