"""A rights holder who reports, with all that their portal can show."""

from reports.actions.counters import answer_counter
from reports.actions.drafts import save_draft
from reports.actions.notices import Notifier
from reports.actions.watchlist import FlaggedListing, watch_listings
from reports.models.counters import CounterNotice
from tests import make
from tests.fixtures import NOON, TESTER

WORDS = "The mark on the buckle is a plain copy of ours."


def busy_holder():
    """A rights holder with a brand, three flagged listings, a decided notice, one that the seller answered, a draft."""
    user = make.holder_person()
    make.brand("Haneul", holder=make.rights_holder())
    for name in ("2001", "2002", "2003"):
        listing = make.offer(name, title=f"Haneul purse {name}")
        watch_listings([FlaggedListing(listing.pk, "Haneul", 0.8)], at=NOON, actor=TESTER)
    reported_by(user, make.offer("1001"))
    make.decide_on(make.offer("1001"))
    shopkeeper = make.shopkeeper()
    reported_by(user, make.offer("1002"))
    counter = CounterNotice.objects.get(item__listing__external_id="1002")
    answer_counter(
        counter,
        ground="GENUINE",
        statement="From the brand's own outlet.",
        documents={"INVOICE": make.picture()},
        by=shopkeeper,
        at=NOON,
        actor=TESTER,
    )
    save_draft(
        make.organisation_of(user), "Bags", {"explanation": [WORDS]}, is_template=True, at=NOON, actor=TESTER
    )
    return user


def reported_by(user, *listings):
    by = Notifier.of(make.organisation_of(user), user=user, language="en")
    right = by.organisation.rights_holder.ip_rights.get()
    return make.notice(*listings, by=by, right=right, explanation=WORDS, good_faith=True)
