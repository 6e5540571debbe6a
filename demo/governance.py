"""What is governed: who takes part from outside, what is proposed, what was sent in, and what is asked of the legal staff."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from demo.people import account, actor
from governance.actions.consultations import comment_on, open_consultation
from governance.actions.register import open_item, register_stakeholder, sign_agreement, write_minutes
from klean.core.events.actors import person
from klean.core.policy.queries import day_of
from legal.actions.requests import Asked, receive_request
from legal.actions.support import Asking, ask_for_support
from legal.models import Matter
from mystery_shop.actions.programmes import set_fund
from mystery_shop.models import Fund

DRAFT = "2027-01"


def make_governance(*, at: datetime) -> None:
    """Three who take part, a meeting with what came of it, and a draft that one of them has read."""
    by, today = actor("governance"), day_of(at)
    customs = register_stakeholder("관세청 통관국", "CUSTOMS", contact="ipr@customs.example", at=at, actor=by)
    union = register_stakeholder(
        "한국패션협회", "ASSOCIATION", contact="desk@fashion.example", at=at, actor=by
    )
    register_stakeholder("한국소비자단체", "CONSUMERS", contact="voice@consumers.example", at=at, actor=by)
    sign_agreement(
        customs,
        "압류 정보 교환",
        signed_on=today - timedelta(days=90),
        ends_on=today + timedelta(days=640),
        document=None,
        at=at,
        actor=by,
    )
    minutes = "가을 점검 결과를 나누고, 압류 목록을 매달 받기로 했습니다."
    meeting = write_minutes(
        "가을 협의회", today - timedelta(days=6), minutes, with_=[customs, union], at=at, actor=by
    )
    open_item(
        "압류 목록의 형식을 관세청과 정하기",
        owner=account("governance"),
        due_on=today + timedelta(days=8),
        meeting=meeting,
        at=at,
        actor=by,
    )
    text = (Path(settings.BASE_DIR) / "policy" / "2026-01.toml").read_text()
    starts = (at + timedelta(days=75)).isoformat(timespec="seconds")
    text = re.sub(r"^in_force_from = .*$", f"in_force_from = {starts}", text, count=1, flags=re.MULTILINE)
    text = text.replace("window_days = 180", "window_days = 200", 1)
    summary = "이의신청 기간을 180일에서 200일로 늘립니다."
    draft = open_consultation(DRAFT, summary, text, at=at, actor=by)
    reader = account("rights_holder")
    comment_on(
        draft, "소규모 판매자에게 도움이 됩니다. 찬성합니다.", by=reader, at=at, actor=person(reader.pk)
    )


def make_support(*, at: datetime) -> None:
    """The fund for small firms with one who asks, and an authority that asks about the matter's case."""
    today, maker = day_of(at), account("consumer")
    set_fund(
        "소상공인 법률 지원 기금",
        Fund.Purpose.LEGAL_SUPPORT,
        300_000_000,
        today - timedelta(days=30),
        today + timedelta(days=900),
        at=at,
        actor=actor("governance"),
    )
    story = "제 가방 디자인이 그대로 복제되어 팔립니다. 소송 비용이 없습니다."
    asking = Asking("달빛 공방", "DESIGNER", "UNREGISTERED", 30_000_000, story, 3_000_000)
    ask_for_support(maker, asking, at=at, actor=person(maker.pk))
    matter = Matter.objects.select_related("case").order_by("pk").first()
    if matter and matter.case:
        asked = Asked("서울경찰청", "2026-417", "김경위 02-000-0000", "형사소송법 제199조 제2항")
        receive_request(matter.case, asked, at=at, actor=person(account("legal").pk))
