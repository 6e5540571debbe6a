"""A rights holder's own list of who may sell a brand, and what a reviewer sees of it."""

from datetime import date

import pytest

from klean.core.events.models import Event
from sellers.actions.lists import list_authorised_sellers
from sellers.models import ListedSeller
from sellers.queries.checks import checks_of
from sellers.queries.shops import written_list
from sellers.rules.lists import Line, line_of
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Moonlight Shop", Line("Moonlight Shop")),
        (" Moonlight  Shop , 116-82-00276 ", Line("Moonlight Shop", "1168200276")),
        ("달빛상회;2026-12-31", Line("달빛상회", "", date(2026, 12, 31))),
        ("Moonlight\t1168200276\t2026-12-31", Line("Moonlight", "1168200276", date(2026, 12, 31))),
        ("Moonlight, 2026-12-31, 116-82-00276", Line("Moonlight", "1168200276", date(2026, 12, 31))),
        ("Moonlight, 2026-13-31", None),
        ("Moonlight, tomorrow", None),
        ("Moonlight, 116-82-00276, 116-82-00276", None),
        (", 116-82-00276", None),
        ("x" * 201, None),
    ],
)
def test_a_line_names_a_seller(text, line):
    assert line_of(text) == line


@pytest.mark.parametrize(
    ("listed", "is_named"),
    [
        ([], None),
        ([Line("주식회사 Moonlight Shop")], True),
        ([Line("Another name", "1168200276")], True),
        ([Line("Moonlight Shop", "1348672683")], False),
        ([Line("Starlight")], False),
        ([Line("Moonlight Shop", "", date(2026, 3, 1))], False),
        ([Line("Moonlight Shop", "", date(2026, 3, 2))], True),
    ],
)
def test_a_reviewer_sees_whether_the_list_names_the_seller(listed, is_named):
    brand = make.brand()
    list_authorised_sellers(brand, listed, at=NOON, actor=TESTER)
    asked = make.submission(make.seller(business_registration_number="1168200276"), brand)

    (found,) = [check.is_met for check in checks_of(asked, at=NOON) if "own list" in str(check.words)]
    assert found is is_named


def test_the_holder_writes_its_list_on_a_page_and_a_wrong_line_changes_nothing(person, browser_of):
    holder = make.rights_holder()
    brand, other = make.brand(holder=holder), make.brand("Baram", holder=make.rights_holder("Other House"))
    browser = browser_of(person("rights_holder", organisation=holder.organisation))
    address = f"/rights/brands/{brand.pk}/sellers"

    assert browser.post(address, {"lines": "Moonlight, 116-82-00276\n\nDawn, 2026-12-31"}).status_code == 302
    assert written_list(brand) == ["Moonlight, 116-82-00276", "Dawn, 2026-12-31"]
    assert "Moonlight, 116-82-00276" in browser.get(address).content.decode()
    for wrong in ("Moonlight, 116-82-00277", "Moonlight, soon", "Kim 900101-1234567"):
        assert browser.post(address, {"lines": wrong}).status_code == 422
    assert browser.post(f"/rights/brands/{other.pk}/sellers", {"lines": "Us"}).status_code == 404
    assert ListedSeller.objects.count() == 2
    assert Event.objects.filter(name="sellers.seller_list.changed").count() == 1
