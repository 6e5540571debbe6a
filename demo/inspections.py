"""Test purchases on their way, and a matter that the legal staff has begun."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from demo.drawing import Photo, jpeg_of, photograph
from demo.people import BODY, OWN_SHOP, account, actor, organisation, shop_called
from demo.story import doubted
from demo.world import demo_brands, design_of
from enforcement.decisions.models import Decision
from klean.core.access.models import Organisation, User
from klean.core.events.actors import person
from klean.core.events.chain import seal_events
from klean.core.policy.queries import day_of
from legal.actions.bundles import make_bundle
from legal.actions.matters import move_matter, open_matter, place_hold
from legal.models import Matter
from listings.models import Listing
from mystery_shop.actions.custody import HandOver, record_custody
from mystery_shop.actions.plans import NewStratum, approve_plan, draw_plan, make_plan
from mystery_shop.actions.programmes import Terms, enter_agreement, open_programme, set_fund
from mystery_shop.actions.purchases import Order, approve_purchase, order_purchase, plan_purchase
from mystery_shop.actions.verdicts import Examination, file_report, give_verdict
from mystery_shop.models import CustodyEvent, Fund, Programme, TestPurchase, Verdict

Kind = CustodyEvent.Kind
PROGRAMME = "가을 패션 잡화 점검"
FAKE = Examination(
    Verdict.Finding.COUNTERFEIT,
    "재질 분석과 봉제 비교",
    "안감의 섬유 조성과 금속 각인이 정품 표본과 다릅니다.",
)
GENUINE = Examination(
    Verdict.Finding.GENUINE, "재질 분석과 봉제 비교", "소재, 봉제, 각인이 모두 정품 표본과 같습니다."
)
WAY: Sequence[tuple[CustodyEvent.Kind, str, str, str]] = (
    (Kind.RECEIVED, "택배 기사", "구매자", "서울 물류함"),
    (Kind.SEALED, "구매자", "구매자", "서울 사무소"),
    (Kind.DISPATCHED, "구매자", "보안 운송", "서울 사무소"),
    (Kind.ARRIVED, "보안 운송", "감정실 3", "대전 감정실"),
    (Kind.OPENED, "감정실 3", "강은채", "대전 감정실"),
)


def make_inspections(*, at: datetime) -> None:
    """Purchases at each step: planned, approved, ordered, sealed, opened, judged."""
    programme = _programme(at)
    listings = [row for row in doubted() if row.trades_on and (row.price or 0) < 300_000][-6:]
    for steps, listing in zip((-2, -1, 0, 2, 5, 5), listings, strict=True):
        purchase = _bought(programme, listing, at=at, steps=steps)
        for number in range(max(steps, 0)):
            _hand_on(purchase, number, at=at)
    judged = TestPurchase.objects.filter(state=TestPurchase.State.OPENED).order_by("pk").first()
    if judged:
        _judge(judged, FAKE, at=at)


def _judge(purchase: TestPurchase, found: Examination, *, at: datetime) -> None:
    file_report(purchase, found, at=at, actor=actor("inspector"))
    give_verdict(purchase, at=at, actor=person(User.objects.get(email="head@body.example").pk))


def make_draw(*, at: datetime) -> None:
    """A random draw in two strata, all but the last of each judged: how common fakes are, with its interval."""
    strata = [NewStratum("20만 원 이상", 5, price_from=200_000), NewStratum("그 밖의 상품", 5)]
    plan = make_plan(
        _programme(at), "가을 무작위 추출", strata, seed="klean-demo", at=at, actor=actor("moderator")
    )
    draw_plan(plan, at=at, actor=actor("moderator"))
    approve_plan(plan, at=at, actor=actor("senior"))
    drawn = (
        TestPurchase.objects.filter(stratum__plan=plan).select_related("listing").order_by("stratum", "rank")
    )
    for purchase in drawn:
        if purchase.rank == 5:
            continue
        _order(purchase, at=at)
        for number in range(len(WAY)):
            _hand_on(purchase, number, at=at)
        purchase.refresh_from_db()
        is_fake = (purchase.listing.score or 0) > 0.5
        _judge(purchase, FAKE if is_fake else GENUINE, at=at)


def _programme(at: datetime) -> Programme:
    """The agreement with the body, the fund of three years, and what the programme may spend of it."""
    known = Programme.objects.filter(name=PROGRAMME).first()
    if known:
        return known
    by, today = actor("governance"), day_of(at)
    body = organisation(BODY, Organisation.Kind.INSPECTION_BODY)
    terms = Terms(
        scope="패션 잡화의 시험구매와 감정",
        fee=150_000,
        starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=400),
        accreditation="KOLAS KT-000",
        conflict_of_interest="없음. 권리자 및 판매자와 지분·자문 관계가 없습니다.",
    )
    agreement = enter_agreement(body, terms, at=at, actor=by)
    starts_on, ends_on = today - timedelta(days=300), today + timedelta(days=700)
    fund = set_fund(
        "위조 상품 대응 기금", Fund.Purpose.MYSTERY_SHOP, 10_000_000_000, starts_on, ends_on, at=at, actor=by
    )
    return open_programme(
        PROGRAMME,
        agreement,
        fund,
        40_000_000,
        today - timedelta(days=20),
        today + timedelta(days=70),
        at=at,
        actor=by,
    )


def _bought(programme: Programme, listing: Listing, *, at: datetime, steps: int) -> TestPurchase:
    purchase = plan_purchase(programme, listing, at=at, actor=actor("moderator"))
    if steps >= -1:
        approve_purchase(purchase, at=at, actor=actor("senior"))
    if steps >= 0:
        _order(purchase, at=at)
    return purchase


def _order(purchase: TestPurchase, *, at: datetime) -> None:
    shopper = User.objects.get(email="shopper@body.example")
    order = Order(f"HB2026-{5000 + purchase.pk}", purchase.listing.price or 1)
    order_purchase(purchase, order, shopper=shopper, at=at, actor=person(shopper.pk))


def _hand_on(purchase: TestPurchase, number: int, *, at: datetime) -> None:
    kind, giver, taker, place = WAY[number]
    brand = next(
        (brand for brand in demo_brands() if brand.name == purchase.listing.trades_on), demo_brands()[0]
    )
    shown = photograph(Photo(design_of(brand.kind, brand, 2, 1), f"exhibit {purchase.pk} {number}"))
    hand_over = HandOver(
        kind=kind,
        from_party=giver,
        to_party=taker,
        place=place,
        happened_at=at - timedelta(hours=20 - 3 * number),
        seal_number=f"KL-{4400 + purchase.pk}" if number else "",
        photo=jpeg_of(shown) if number < 2 else None,
    )
    record_custody(purchase, hand_over, at=at, actor=actor("inspector"))


def make_matter(*, at: datetime) -> None:
    """A criminal complaint about the shop that is suspended, its evidence held and packed."""
    decision = Decision.objects.filter(seller__external_id=shop_called(OWN_SHOP)).order_by("pk").first()
    by = person(account("legal").pk)
    case = decision.case if decision else None
    matter = open_matter(Matter.Kind.CRIMINAL, f"{OWN_SHOP} 상표법 위반 고소", case=case, at=at, actor=by)
    place_hold(matter, "고소장 접수 전 증거 보존", at=at, actor=by)
    move_matter(matter, Matter.State.ASSESSED, at=at, actor=by)
    seal_events()
    make_bundle(matter, at=at, actor=by)
