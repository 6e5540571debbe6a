"""A confirmed fake proposes its like; what is new is looked for in the whole catalogue."""

from datetime import timedelta

import pytest
from django.conf import settings

from enforcement.cases.models import Case
from klean.core.events.models import Event
from klean.core.operations.due_work import until_quiet
from klean.core.policy.actions.publishing import publish_policy_text
from klean.core.rows.refusals import Refused
from listings.actions import rescreenings as pieces
from listings.actions.rescreenings import rescreen_due_pieces
from listings.actions.screenings import screen_due_listings
from listings.actions.sweeps import answer_sweep, search_due_sweeps
from listings.models import Listing, Proposal, Rescreening, Screening, Sweep
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def swept(tmp_path) -> Sweep:
    """A confirmed fake whose picture, title and seller others share; what has nothing to do with it is there too."""
    address = make.photo_file(tmp_path)
    shop, other = make.seller(), make.seller("s-200", "Sunlight Shop")
    fake = make.listing("fake", by=shop, title="Moon leather shoulder bag black", pictures=(address,))
    make.listing("picture", by=other, title="Something else", pictures=(address,))
    make.listing("title", by=other, title="Moon leather shoulder bag black!")
    make.listing("seller", by=shop, title="A scarf")
    make.listing("apart", by=other, title="Running shoes")
    make.decide(make.case(fake))
    search_due_sweeps(at=LATER)
    return Sweep.objects.get()


def test_a_confirmed_fake_proposes_its_like_and_nothing_else(swept) -> None:
    why = dict(swept.proposals.values_list("listing__external_id", "why"))
    assert why == {"picture": "picture", "title": "title", "seller": "seller"}
    assert next(iter(swept.proposals.all())).listing.external_id == "picture"


def test_what_linked_sellers_offer_under_the_same_brand_is_proposed() -> None:
    make.brand("Haneul", protection="OPEN")
    one = make.seller("s-1", "One", contact_phone="010-1234-5678")
    two = make.seller("s-2", "Two", contact_phone="010-1234-5678")
    fake = make.listing("fake", by=one, title="HANEUL tote")
    make.listing("same brand", by=two, title="Small wallet of HANEUL")
    make.listing("other goods", by=two, title="Running shoes")
    make.decide(make.case(fake))
    search_due_sweeps(at=LATER)
    proposed = Proposal.objects.values_list("listing__external_id", "why")
    assert list(proposed) == [("same brand", "linked")]


def test_what_a_person_ticks_goes_to_the_desk_and_the_rest_does_not(swept, deliver_events) -> None:
    cases = Case.objects.count()
    ticked = Proposal.objects.get(listing__external_id="picture")
    assert answer_sweep(swept, [ticked.pk], at=LATER, actor=TESTER) == 1
    deliver_events()

    assert Case.objects.count() == cases + 1
    assert Case.objects.filter(listing__external_id="picture").exists()
    flagged = Event.objects.filter(name="listings.listing.flagged").latest("pk")
    assert (flagged.data["listing"], flagged.data["signal_kinds"]) == ("picture", ["sweep"])
    assert Event.objects.get(name="listings.sweep.reviewed").data["flagged"] == 1


def test_a_sweep_is_answered_once_and_only_with_its_own_proposals(swept) -> None:
    with pytest.raises(Refused, match="no proposals of this sweep"):
        answer_sweep(swept, [0], at=LATER, actor=TESTER)
    assert not Event.objects.filter(name="listings.sweep.reviewed").exists()
    answer_sweep(swept, [], at=LATER, actor=TESTER)
    with pytest.raises(Refused, match="already"):
        answer_sweep(swept, list(swept.proposals.values_list("pk", flat=True)), at=LATER, actor=TESTER)
    assert Event.objects.filter(name="listings.sweep.reviewed").count() == 1
    assert not Proposal.objects.filter(is_confirmed=True).exists()


def test_a_moderator_answers_on_the_page_and_a_seller_sees_nothing(swept, person, browser_of) -> None:
    desk = browser_of(person("moderator"))
    assert f"/desk/screening/sweeps/{swept.pk}" in desk.get("/desk/screening/sweeps/").content.decode()
    assert "Something else" in desk.get(f"/desk/screening/sweeps/{swept.pk}").content.decode()
    address = f"/desk/screening/sweeps/{swept.pk}/answers"
    assert desk.post(address, {"proposal": ["0"]}).status_code == 422
    assert desk.post(address, {"proposal": [swept.proposals.first().pk]}).status_code == 302
    assert desk.post(address, {"proposal": []}).status_code == 409

    seller = browser_of(person("seller", organisation=swept.listing.seller.organisation))
    assert seller.get(f"/desk/screening/sweeps/{swept.pk}").status_code == 403


@pytest.fixture
def deliver_and_reset(deliver_events):
    """Deliver what was recorded, to be done from noon on; the policy that the test began with asks for nothing."""

    def deliver() -> None:
        deliver_events()
        Rescreening.objects.filter(cause="policy").delete()
        Rescreening.objects.update(due_at=NOON)

    return deliver


def finish() -> Rescreening:
    until_quiet(rescreen_due_pieces, now=lambda: LATER)
    return Rescreening.objects.latest("pk")


def test_a_new_brand_has_only_the_listings_that_name_it_screened_again(deliver_and_reset) -> None:
    make.listing("names it", title="HANEUL STUDIO 토트백")
    make.listing("does not")
    make.brand("Haneul", protection="GATED")
    deliver_and_reset()
    again = finish()

    assert (again.cause, again.compared, again.queued, again.percent) == ("brand", 2, 1, 100)
    until_quiet(screen_due_listings, now=lambda: LATER)
    assert Listing.objects.get(external_id="names it").state == "HELD"
    assert Screening.objects.filter(listing__external_id="does not").count() == 1


def test_a_new_reference_has_only_the_listings_that_show_it_screened_again(
    deliver_and_reset, tmp_path
) -> None:
    brand = make.brand("Haneul", protection="OPEN")
    make.listing("shows it", pictures=(make.photo_file(tmp_path),))
    make.listing("does not", pictures=(make.photo_file(tmp_path, "shoe"),))
    make.reference(brand, make.photo(), kind="COUNTERFEIT")
    deliver_and_reset()
    Rescreening.objects.filter(cause="brand").delete()
    rescreen_due_pieces(at=LATER)
    assert Rescreening.objects.get().compared == 0  # it waits for the reference's hash

    make.known()
    until_quiet(rescreen_due_pieces, now=lambda: LATER + timedelta(minutes=1))
    assert (Rescreening.objects.get().compared, Rescreening.objects.get().queued) == (2, 1)


def test_it_goes_piece_by_piece_and_on_from_where_it_was(deliver_and_reset, monkeypatch) -> None:
    monkeypatch.setattr(pieces, "PIECE_SIZE", 3)
    shop = make.seller()
    make.upserted(*[make.listing_row(f"L-{n}", by=shop, title="HANEUL STUDIO") for n in range(7)])
    make.screened()
    make.brand("Haneul", protection="GATED")
    deliver_and_reset()

    rescreen_due_pieces(at=LATER)
    again = Rescreening.objects.get()
    assert (again.compared, again.queued, again.finished_at) == (3, 3, None)
    assert 0 < again.percent < 100
    assert finish().compared == 7


def test_old_listings_wait_while_the_queue_is_full(deliver_and_reset, monkeypatch) -> None:
    monkeypatch.setattr(pieces, "MAX_WAITING", 1)
    make.upserted(make.listing_row())
    make.brand("Haneul", protection="GATED")
    deliver_and_reset()

    rescreen_due_pieces(at=LATER)

    assert rescreen_due_pieces(at=LATER) == 0
    assert Rescreening.objects.get().compared == 0
    assert Rescreening.objects.get().due_at > LATER


def test_brands_that_come_before_it_begins_are_looked_for_together(deliver_and_reset) -> None:
    for name in ("Haneul", "Badaro"):
        make.brand(name)
    deliver_and_reset()
    assert Rescreening.objects.count() == 1


def published(change: str, to: str, *, name: str = "2026-02") -> None:
    """The project's policy with one thing changed."""
    text = (settings.BASE_DIR / "policy" / "2026-01.toml").read_text()
    assert change in text
    text = text.replace(change, to).replace("2026-01-01T", "2026-01-02T", 1)
    publish_policy_text(name, text.encode(), at=NOON, actor=TESTER)


@pytest.mark.parametrize(
    ("change", "to", "touched"),
    [
        ("monitored = 0.3", "monitored = 0.7", ["names it"]),
        ("monitored = 0.3", "monitored = 0.0", ["names it"]),
        ("gated = 0.95", "gated = 0.9", []),
        ("max_bytes = 10_000_000", "max_bytes = 5_000_000", ["shows a picture"]),
        ("hold_after_minutes = 10", "hold_after_minutes = 20", []),
        ('protection = ["gated"] }]', 'protection = ["monitored"] }]', []),
    ],
)
def test_a_new_policy_has_what_it_weighs_or_reads_otherwise_screened_again(
    deliver_and_reset, deliver_events, tmp_path, change: str, to: str, touched: list[str]
) -> None:
    make.brand("Haneul", protection="MONITORED")
    make.listing("names it", title="HANEUL STUDIO 토트백")
    make.listing("shows a picture", pictures=(make.photo_file(tmp_path),))
    make.listing("neither")
    deliver_and_reset()
    Rescreening.objects.all().delete()
    published(change, to)
    deliver_events()
    Rescreening.objects.update(due_at=NOON)

    again = finish()
    queued = Screening.objects.filter(state="QUEUED").values_list("listing__external_id", flat=True)
    assert (again.cause, again.compared, sorted(queued)) == ("policy", 3, touched)
