"""Screening's pages in a browser: a sweep is ticked and sent, a model is promoted, nothing sticks out on a phone."""

from datetime import timedelta

import pytest

from listings.actions.sweeps import search_due_sweeps
from listings.actions.training import train_model
from listings.models import Proposal, ScreeningModel, Sweep
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("policy")]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def sweep(tmp_path) -> Sweep:
    address = make.photo_file(tmp_path)
    shop, other = make.seller(), make.seller("s-200", "Sunlight Shop")
    fake = make.listing("fake", by=shop, title="Moon leather shoulder bag black", pictures=(address,))
    make.listing("picture", by=other, title="Something else", pictures=(address,))
    make.listing("seller", by=shop, title="A scarf")
    make.decide(make.case(fake))
    search_due_sweeps(at=NOON + timedelta(minutes=1))
    return Sweep.objects.get()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_sweep_is_answered_with_what_is_ticked(sweep, person, open_page, width) -> None:
    page = open_page(
        f"/desk/screening/sweeps/{sweep.pk}", language="en", width=width, as_=person("moderator")
    )
    assert page.evaluate(OVERFLOW) == 0
    page.get_by_label("A scarf").check()
    page.get_by_role("button", name="Send the ticked ones to the desk").click()
    page.get_by_text("2 listings go to the desk.").wait_for()
    assert Proposal.objects.filter(is_confirmed=True).count() == 2


@pytest.mark.parametrize("width", [1280, 390])
def test_a_senior_reads_how_screening_does_and_promotes(person, open_page, width) -> None:
    train_model(from_code=True, at=NOON, actor=TESTER)
    make.listing(title="Tote 미러급")
    page = open_page("/desk/screening/", language="en", width=width, as_=person("senior"))
    assert page.evaluate(OVERFLOW) == 0
    page.get_by_role("button", name="Promote").click()
    page.locator("[data-confirm-yes]").click()
    page.get_by_text("This model scores from now on.").wait_for()
    assert ScreeningModel.objects.get().promoted_at is not None
