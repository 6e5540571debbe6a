"""What a fact may not look like is found."""

import pytest

from lints.facts import (
    a_fact_carries_no_personal_data,
    a_fact_has_one_name_under_its_app,
    a_fact_is_frozen_and_explains_itself,
)

WELL = '''
@dataclass(frozen=True, kw_only=True)
class OrderPaid(Fact):
    """The buyer's money has come in."""

    name: ClassVar[str] = "shops.order.paid"
    sentence: ClassVar[str] = N_("Paid")
    order_id: int
    text_sha256: str
'''
FAULTS = [
    (a_fact_has_one_name_under_its_app, "shops.order.paid", "orders.order.paid"),
    (a_fact_has_one_name_under_its_app, "shops.order.paid", "shops.paid"),
    (a_fact_has_one_name_under_its_app, "shops.order.paid", "shops.order.pays"),
    (a_fact_is_frozen_and_explains_itself, "frozen=True, ", ""),
    (a_fact_is_frozen_and_explains_itself, '    """The buyer\'s money has come in."""\n', ""),
    (a_fact_is_frozen_and_explains_itself, '    sentence: ClassVar[str] = N_("Paid")\n', ""),
    (a_fact_carries_no_personal_data, "order_id: int", "buyer_email: str"),
    (a_fact_carries_no_personal_data, "order_id: int", "reasons: str"),
]


@pytest.mark.parametrize(("lint", "well", "ill"), FAULTS)
def test_a_fact_that_is_wrong_is_found(plant, lint, well, ill):
    assert not list(lint(plant("shops/facts.py", WELL)))
    assert list(lint(plant("shops/facts.py", WELL.replace(well, ill))))


def test_two_facts_may_not_have_one_name(plant):
    assert list(a_fact_has_one_name_under_its_app(plant("shops/facts.py", WELL + WELL)))


def test_the_base_of_several_facts_carries_no_personal_data_either(plant):
    base = "class AboutOrder(Fact):\n    buyer_email: str\n"

    assert list(a_fact_carries_no_personal_data(plant("shops/facts.py", base)))
    assert not list(a_fact_has_one_name_under_its_app(plant("shops/facts.py", base)))


def test_a_fact_stands_among_the_facts(plant):
    assert list(a_fact_is_frozen_and_explains_itself(plant("shops/actions.py", WELL)))


def test_a_fact_of_a_room_is_named_under_its_app(plant):
    assert not list(a_fact_has_one_name_under_its_app(plant("shops/floor/facts/orders.py", WELL)))


def test_a_fact_of_core_is_named_under_core(plant):
    core = WELL.replace("shops.order", "core.order")

    assert not list(a_fact_has_one_name_under_its_app(plant("klean/core/web/facts.py", core)))
