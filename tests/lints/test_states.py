"""Each way to write a state without a step is found."""

import pytest

from lints.states import only_a_step_writes_a_state

STATES = [
    ("order.state = 'PAID'", "state = order.state"),
    ("order.state, order.paid_at = 'PAID', at", "order.stated = 'PAID'"),
    ("setattr(order, 'state', 'PAID')", "setattr(order, 'paid_at', at)"),
    ("object.__setattr__(order, 'state', 'PAID')", "object.__setattr__(order, 'paid_at', at)"),
    (
        "for name in ('state', 'paid_at'):\n    setattr(order, name, None)",
        "for name in ('number', 'paid_at'):\n    setattr(order, name, None)",
    ),
    (
        "Order.objects.filter(pk=1).update(state='PAID')",
        "Order.objects.filter(state='PAID').update(paid_at=at)",
    ),
    ("Order.objects.update(**{'state': 'PAID'})", "Order.objects.update(**{'paid_at': at})"),
    (
        "def pay():\n    changes = {'paid_at': 1}\n    changes['state'] = 'PAID'\n    Order.objects.update(**changes)",
        "def pay():\n    changes = {'paid_at': 1}\n    Order.objects.update(**changes)",
    ),
    (
        "def _written():\n    return {'state': 'PAID'}\nOrder.objects.create(**_written())",
        "def _written():\n    return {'paid_at': 1}\nOrder.objects.create(**_written())",
    ),
    (
        "def _change(pk, **fields):\n    Order.objects.filter(pk=pk).update(**fields)\n_change(1, state='PAID')",
        "def _change(pk, **fields):\n    Order.objects.filter(pk=pk).update(**fields)\n_change(1, paid_at=at)",
    ),
    ("Order.objects.bulk_update(orders, ['state'])", "Order.objects.bulk_update(orders, ['paid_at'])"),
    (
        "FIELDS = ['paid_at', 'state']\nOrder.objects.bulk_update(orders, FIELDS)",
        "FIELDS = ['paid_at']\nOrder.objects.bulk_update(orders, FIELDS)",
    ),
    (
        "Order.objects.bulk_create(orders, update_conflicts=True, update_fields=['state'])",
        "Order.objects.bulk_create(orders)",
    ),
    ("Order.objects.create(state='PAID')", "Order.objects.create(number=1)"),
    (
        "Order.objects.update_or_create(number=1, defaults={'state': 'PAID'})",
        "Order.objects.get(state='PAID')",
    ),
    ("Order(state='PAID')", "OrderPaid(state='PAID')"),
    ("order.save(update_fields=['state'])", "order.save(update_fields=['paid_at'])"),
    ("sql = 'UPDATE shops_order SET state = %s'", "sql = 'SELECT 1 FROM shops_order WHERE state = %s'"),
    ("sql = 'UPDATE o SET paid = 1, o.state = 2'", "sql = 'UPDATE o SET paid = 1 WHERE o.state = 2'"),
    ("sql = f'UPDATE o SET {column} = 2'", "sql = f'SELECT {column} FROM o'"),
    ("sql = 'INSERT INTO o (number, state) VALUES (1, 2)'", "sql = 'INSERT INTO o (number) VALUES (1)'"),
]
MODEL = "class Order(Stepped):\n    state = CharField()\n    paid_at = DateTimeField()\n"


@pytest.mark.parametrize(("forbidden", "allowed"), STATES)
def test_only_a_step_writes_a_state(plant, forbidden, allowed):
    plant("shops/models.py", MODEL)
    for module in ("shops/actions.py", "klean/core/web/queries.py"):
        assert list(only_a_step_writes_a_state(plant(module, forbidden)))
        assert not list(only_a_step_writes_a_state(plant(module, allowed)))


def test_the_step_itself_writes_it(plant):
    step = "class Stepped(Model):\n    def step(self, to):\n        rows.update(state=to)\n"

    assert not list(only_a_step_writes_a_state(plant("klean/core/rows/states.py", step)))


def test_what_is_no_row_may_have_a_state_of_its_own(plant):
    server = "class Server:\n    def __init__(self, state):\n        self.state = state\n"

    assert not list(only_a_step_writes_a_state(plant("shops/gateways.py", server)))
