"""A world in which people's data stand wherever Klean has a place for them, each datum unlike anything else."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.db.models import CharField, JSONField
from django.utils import timezone

from brands.models import RightsHolder
from enforcement.appeals.actions.appeals import file_appeal
from enforcement.appeals.models import AppealMessage
from enforcement.cases.models import Case, CaseNote
from governance.actions.consultations import comment_on, open_consultation
from governance.actions.register import register_stakeholder, sign_agreement, write_minutes
from klean.core.access.models import Membership, User
from klean.core.events.actors import person as acting
from klean.core.files.store import keep_file
from klean.core.mail.deliveries import write_mail
from klean.core.privacy.queries import inventory
from klean.core.rows.texts import TextsField, language_codes
from legal.actions.bundles import make_bundle
from legal.actions.counsel import let_counsel_in
from legal.actions.letters import draft_letter, write_letter
from legal.actions.matters import add_cost, add_party, add_task, open_matter
from legal.actions.requests import Asked, receive_request
from legal.actions.support import Asking, ask_for_support
from legal.models import Letter, Matter, Party
from mystery_shop.models import Fund
from refunds.models.claims import RefundClaim
from reports.actions.answers import close_notices
from reports.actions.notices import Notifier
from reports.models.notices import Notice
from sellers.models import Seller, TraderEntity
from tests import make
from tests.fixtures import NOON, TESTER

EMAIL, NAME, PHONE, ADDRESS = (
    "quill@planted.example",
    "Quillon Marvex",
    "010-7141-9393",
    "별빛시 은하로 93길 7",
)
BUYER = (EMAIL, NAME, PHONE, ADDRESS)
OTHERS = {
    "shop": ("till@planted-shop.example", "010-5151-6262", "Serafin Plumtree"),
    "holder": ("desk@planted-brand.example",),
    "officer": ("Inspector Wexbrook", "02-5252-6363"),
    "party": ("Ottoline Vask", "vask@planted-party.example"),
    "counsel": ("Thaddeus Ironwood", "iron@planted-law.example"),
    "stakeholder": ("post@planted-club.example",),
    "shopper": ("shade@planted-lab.example", "Ysolde Shade"),
    "designer": ("loom@planted-craft.example", "Loom & Petal Atelier"),
}
ABOUT = f"{NAME}, {EMAIL}, {PHONE}, {ADDRESS}"
POLICY = (Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text()


def seal() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def somebody(whose: str, role: str, **also: Any) -> User:
    email, name = OTHERS[whose]
    user = User.objects.create_user(email, name=name)
    Membership.objects.create(user=user, role=role, **also)
    return user


def world(typed: str = ABOUT) -> Matter:
    """A buyer reports, typing ``typed``, and claims; the offer is bought, examined, judged, appealed, and taken to the law."""
    buyer = User.objects.create_user(EMAIL, name=NAME, language="en")
    Membership.objects.create(user=buyer, role="consumer")
    EmailAddress.objects.create(user=buyer, email=EMAIL, primary=True, verified=True)
    make.brand("Haneul", holder=make.rights_holder())
    RightsHolder.objects.update(contact_email=OTHERS["holder"][0])
    listing = make.live_listing()
    shop_email, shop_phone, representative = OTHERS["shop"]
    entity = TraderEntity.objects.create(
        business_registration_number="1168200276", name="Gangnam Deals Ltd", representative=representative
    )
    Seller.objects.update(contact_email=shop_email, contact_phone=shop_phone, trader_entity=entity)
    make.notice(listing, by=Notifier.consumer(buyer), explanation=f"{typed}: crooked seam", order="O-1001")
    Notice.objects.update(picture=keep_file(make.picture("navy"), at=NOON))
    make.claim(about=listing, by=buyer, at=NOON)
    case = make.case(listing)
    bought(listing)
    judged(case, typed)
    policy_talk(buyer)
    return at_law(case)


def bought(listing: Any) -> None:
    body = make.body().organisation
    shopper = somebody("shopper", "inspector", organisation=body)
    purchase = make.opened_purchase(listing, shopper=shopper)
    make.judged(purchase)


def judged(case: Case, typed: str) -> None:
    clerk = User.objects.create_user("clerk@test.klean", name="clerk")
    CaseNote.objects.create(case=case, author=clerk, text=f"Talked to {typed}.", written_at=NOON)
    write_mail(key="told", to=EMAIL, language="en", template="x", context={"name": NAME}, at=NOON)
    close_notices(case.listing, upheld=True, at=NOON, actor=TESTER)
    appeal = file_appeal(make.decide(case), grounds="We bought these.", at=NOON, actor=TESTER)
    AppealMessage.objects.create(
        appeal=appeal, author="system:tests", from_team=True, text="We have it.", written_at=NOON
    )


def policy_talk(buyer: User) -> None:
    later = (timezone.now() + timedelta(days=90)).isoformat(timespec="seconds")
    text = re.sub(r"in_force_from = .*", f"in_force_from = {later}", POLICY)
    draft = open_consultation("2027-01", "More notice.", text, at=timezone.now(), actor=TESTER)
    comment_on(draft, "Please give us two months.", by=buyer, at=timezone.now(), actor=acting(buyer.pk))
    contact = OTHERS["stakeholder"][0]
    customs = register_stakeholder("관세청", "CUSTOMS", contact=contact, at=NOON, actor=TESTER)
    sign_agreement(
        customs, "Exchange", signed_on=NOON.date(), ends_on=None, document=None, at=NOON, actor=TESTER
    )
    write_minutes("Spring", NOON.date(), "We talked.", with_=[customs], at=timezone.now(), actor=TESTER)


def at_law(case: Case) -> Matter:
    matter = open_matter(Matter.Kind.CIVIL, "하늘 대 강남딜", case=case, at=NOON, actor=TESTER)
    add_party(matter, Party.Role.RESPONDENT, *OTHERS["party"], at=NOON, actor=TESTER)
    add_task(matter, "Call the court", NOON.date(), is_deadline=False, at=timezone.now(), actor=TESTER)
    add_cost(matter, "Stamps", 3_000, NOON.date(), at=timezone.now(), actor=TESTER)
    now = timezone.now()
    let_counsel_in(
        matter,
        *OTHERS["counsel"],
        now + timedelta(days=7),
        shows_bundles=True,
        shows_letters=True,
        at=now,
        actor=TESTER,
    )
    write_letter(
        matter, Letter.Kind.DEMAND, draft_letter(matter, Letter.Kind.DEMAND, at=NOON), at=NOON, actor=TESTER
    )
    officer = " ".join(OTHERS["officer"])
    receive_request(case, Asked("서울경찰청", "2026-77", officer, "형사소송법"), at=NOON, actor=TESTER)
    make.fund(4_000_000, purpose=Fund.Purpose.LEGAL_SUPPORT)
    designer = somebody("designer", "consumer")
    asking = Asking(
        OTHERS["designer"][1], "DESIGNER", "UNREGISTERED", 30_000_000, "They copied us.", 3_000_000
    )
    ask_for_support(designer, asking, at=NOON, actor=acting(designer.pk))
    seal()
    make_bundle(matter, at=NOON, actor=TESTER)
    return matter


def name_everywhere() -> set[str]:
    """Write the buyer into every declared text of every row, past triggers, as people's typing would; answers where."""
    written = set()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, personal in inventory():
            if personal.salts or model is User:
                continue
            for name in personal.mentions:
                field = model._meta.get_field(name)
                value: Any = {"said": ABOUT} if isinstance(field, JSONField) else f"So said {ABOUT}"
                if isinstance(field, TextsField):
                    value = dict.fromkeys(language_codes(), f"So said\n{ABOUT}")
                if isinstance(field, CharField) and field.max_length:
                    value = value[: field.max_length]
                if model._default_manager.update(**{name: value}):
                    written.add(f"{model._meta.label}.{name}")
        cursor.execute("SET LOCAL session_replication_role = origin")
    return written


def close_everything() -> None:
    """Nothing of the buyer's is open any more."""
    Notice.objects.update(state="DECIDED")
    RefundClaim.objects.update(state="REFUNDED")
    Matter.objects.update(state="CLOSED")
