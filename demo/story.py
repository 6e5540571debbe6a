"""What has happened on the invented marketplace: reports, refunds, decisions and an appeal."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from demo.marketplace import Bought
from demo.people import (
    APPEALING_SHOP,
    HOLDER,
    OWN_SHOP,
    account,
    actor,
    buyers,
    organisation,
    shop_called,
)
from demo.world import demo_brands
from enforcement.appeals.actions.appeals import file_appeal
from enforcement.cases.actions.assignments import assign_case, escalate_case
from enforcement.cases.models import Case
from enforcement.decisions.actions.approvals import approve_decision
from enforcement.decisions.actions.decisions import issue_decision
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from klean.core.access.models import Organisation
from klean.core.events.actors import person
from listings.models import Listing
from refunds.actions.claims import Claimant, open_claim
from reports.actions.notices import Notifier, file_notice

State = Listing.State
ORDER = "HB2026-1001"
EXPLANATION = "당사 상표를 허락 없이 사용한 위조 상품입니다. 로고의 각도와 박음질 수가 정품과 다릅니다."
FAKE = Ruling(
    outcome=Decision.Outcome.INFRINGING,
    severity="SERIOUS",
    ground=Decision.Ground.COUNTERFEIT,
    reasons="공식 사진과 비교한 결과 로고와 마감이 정품과 다르고, 판매 문구가 위조품임을 드러냅니다.",
)
GENERAL = Ruling(
    outcome=Decision.Outcome.INFRINGING,
    severity="GENERAL",
    ground=Decision.Ground.TRADEMARK,
    reasons="허락 없이 상표를 상품명에 사용했습니다.",
)
PROHIBITED = Ruling(
    outcome=Decision.Outcome.INFRINGING,
    severity="PROHIBITED",
    ground=Decision.Ground.MISLEADING,
    reasons="판매가 금지된 표현으로 상품을 소개했습니다.",
)
HARMLESS = Ruling(
    outcome=Decision.Outcome.NOT_INFRINGING, reasons="호환 용품이며 브랜드 제품으로 오인할 표현이 없습니다."
)


def doubted(shop: str = "", *, brand: str = "") -> list[Listing]:
    """Listings that screening flagged and a case is open on, the most doubtful first."""
    rows = Listing.objects.filter(cases__state__in=Case.PENDING).exclude(verdict__in=["", "clear"])
    rows = rows.filter(seller__external_id=shop_called(shop)) if shop else rows
    rows = rows.filter(trades_on=brand) if brand else rows
    return list(rows.select_related("seller").distinct().order_by("-score", "pk"))


def live_listings(shop: str) -> list[Listing]:
    rows = Listing.objects.filter(seller__external_id=shop_called(shop), state=State.LIVE, price__lt=400_000)
    return list(rows.select_related("seller").order_by("pk"))


def orders_of_consumer() -> list[Bought]:
    """Paid orders of the consumer account; the second is claimed and refunded below, the others wait for a claim."""
    consumer = account("consumer")
    listings = [
        live_listings("달빛상회")[0],
        doubted(OWN_SHOP)[0],
        live_listings("한강셀렉트")[0],
        live_listings("마루잡화")[0],
    ]
    return [Bought(f"HB2026-{1001 + place}", row, consumer, 9 + place) for place, row in enumerate(listings)]


def orders_of_others() -> list[Bought]:
    """Five buyers of one shady shop; the last opened an account yesterday, which a person looks at."""
    rows = doubted("골든브릿지")
    return [
        Bought(f"HB2026-{2001 + place}", rows[place % len(rows)], buyer, 4 + place, 1 if place == 4 else 400)
        for place, buyer in enumerate(buyers())
    ]


def file_notices(*, at: datetime) -> None:
    """A rights holder's notices, a consumer's, and one from nobody in particular."""
    holder = account("rights_holder")
    by = Notifier.of(organisation(HOLDER, Organisation.Kind.RIGHTS_HOLDER), user=holder, language="ko")
    right = by.organisation.rights_holder.ip_rights.first() if by.organisation else None
    fakes = doubted(OWN_SHOP, brand="Maroen") + doubted(brand="Haneulgyeol")
    for some in (fakes[:3], fakes[3:5]):
        file_notice(
            some,
            by,
            reason="COUNTERFEIT",
            explanation=EXPLANATION,
            right=right,
            claims_illegal=True,
            good_faith=True,
            at=at,
            actor=person(holder.pk),
        )
    consumer = account("consumer")
    file_notice(
        doubted("해외직구왕")[:1],
        Notifier.consumer(consumer),
        reason="COUNTERFEIT",
        explanation="받아 보니 로고가 삐뚤고 냄새가 심해요.",
        at=at,
        actor=person(consumer.pk),
    )
    file_notice(
        doubted("타임갤러리")[:1],
        Notifier.anonymous("demo", email="", language="ko"),
        reason="BRAND_MISUSE",
        explanation="사진을 공식 홈페이지에서 그대로 가져왔어요.",
        at=at,
        actor=actor("consumer"),
    )


def open_claims(orders: Sequence[Bought], *, at: datetime) -> None:
    for order in orders:
        open_claim(
            order.number,
            order.listing,
            Claimant.buyer(order.buyer),
            reason="LOOKS_FAKE",
            explanation="브랜드 매장에서 본 것과 재질이 달라요.",
            at=at,
            actor=person(order.buyer.pk),
        )


def decide_some(*, at: datetime) -> None:
    """A shop suspended, one restricted, one warned, one that appeals, one found harmless; the rest of the queue waits."""
    _decide(OWN_SHOP, [FAKE], at=at)
    (appealed,) = _decide(APPEALING_SHOP, [FAKE], at=at)
    others = (row.seller for row in doubted() if row.seller.name not in (OWN_SHOP, APPEALING_SHOP))
    busiest = [name for name, _ in Counter(seller.name for seller in others).most_common(3)]
    for shop, rulings in zip(busiest, ([GENERAL, GENERAL], [PROHIBITED], [HARMLESS]), strict=True):
        _decide(shop, rulings, at=at)
    owner = organisation(APPEALING_SHOP, Organisation.Kind.SELLER).memberships.get().user
    file_appeal(
        appealed,
        grounds="브랜드 본사에서 직접 매입한 상품입니다. 거래명세서를 첨부하겠습니다.",
        at=at,
        actor=person(owner.pk),
    )


def _decide(shop: str, rulings: Sequence[Ruling], *, at: datetime) -> list[Decision]:
    moderator = account("moderator")
    urgent = "-priority" if shop == OWN_SHOP else "priority"
    cases = Case.objects.filter(state__in=Case.PENDING, listing__in=doubted(shop)).order_by(urgent, "pk")
    made = [
        issue_decision(
            assign_case(case, moderator, at=at, actor=person(moderator.pk)),
            ruling,
            at=at,
            actor=person(moderator.pk),
        )
        for case, ruling in zip(cases[: len(rulings)], rulings, strict=True)
    ]
    second = person(account("penalties").pk)
    return [
        approve_decision(row, at=at, actor=second) if row.state == Decision.State.UNAPPROVED else row
        for row in made
    ]


def leave_some_open(*, at: datetime) -> None:
    """One case that a colleague has in hand, and one that waits for a senior."""
    waiting = Case.objects.filter(state__in=Case.PENDING).order_by("-priority", "pk")[5:7]
    in_hand, hard = waiting
    senior, moderator = account("senior"), account("moderator")
    assign_case(in_hand, senior, at=at, actor=person(senior.pk))
    assign_case(hard, moderator, at=at, actor=person(moderator.pk))
    escalate_case(
        hard,
        "브랜드와 판매자가 소송 중이라고 합니다. 판단을 부탁드립니다.",
        at=at,
        actor=person(moderator.pk),
    )


def samples() -> dict[str, str]:
    """A live listing with its seller, a paid order of it, and a guarded brand that this seller may not sell."""
    listing = live_listings("달빛상회")[0]
    return {
        "listing": listing.external_id,
        "seller": listing.seller.external_id,
        "order": ORDER,
        "brand": next(brand.name for brand in demo_brands() if brand.protection == "GATED"),
    }
