"""What readers should not have to read is found."""

import pytest

from lints.messages import every_message_is_translated, korean_reads_as_korean, messages_name_no_code

CATALOGUE = "locale/ko/LC_MESSAGES/django.po"


def entry(english, korean="심사합니다", *, flag=""):
    return f'{flag}msgid "{english}"\nmsgstr "{korean}"\n'


CODE = [
    ("The seller_id is missing", "The seller is missing"),
    ("See ladder.severities", "See the penalties."),
    ("State: IN_FORCE", "State: in force"),
    ("Run train_screening", "Run manage.py train_screening"),
    ("Set DATABASE_URL", "Set KLEAN_ORDERS_URL"),
    ("Hello %(first_name)s: first_name", "Hello %(first_name)s"),
]


@pytest.mark.parametrize(("forbidden", "allowed"), CODE)
def test_messages_name_no_code(plant, forbidden, allowed):
    assert list(messages_name_no_code(plant(CATALOGUE, entry(forbidden))))
    assert not list(messages_name_no_code(plant(CATALOGUE, entry(allowed))))


def test_every_message_is_translated(plant):
    assert not list(every_message_is_translated(plant(CATALOGUE, entry("Paid"))))
    assert list(every_message_is_translated(plant(CATALOGUE, entry("Paid", ""))))
    assert list(every_message_is_translated(plant(CATALOGUE, entry("Paid", flag="#, fuzzy\n"))))


KOREAN = [
    ("%(brand)s은(는) 등록되었습니다", "등록된 브랜드: %(brand)s"),
    ("%(paper)s이(가) 필요합니다", "필요한 서류: %(paper)s"),
    ("%(shop)s을(를) 정지했습니다", "상점을 정지했습니다"),
    ("%(page)s(으)로 이동", "목록으로 이동"),
    ("%(a)s와(과) %(b)s", "%(a)s 및 %(b)s"),
    ("관심 상품", "모니터링 목록"),
]


@pytest.mark.parametrize(("forbidden", "allowed"), KOREAN)
def test_korean_reads_as_korean(plant, forbidden, allowed):
    assert list(korean_reads_as_korean(plant(CATALOGUE, entry("Text", forbidden))))
    assert not list(korean_reads_as_korean(plant(CATALOGUE, entry("Text", allowed))))
