"""Each lint finds what it forbids, and lets pass what stands nearest to it."""

from pathlib import Path

import pytest

from lints.__main__ import LINTS
from lints.actions import actions_name_their_time_and_actor
from lints.days import one_function_makes_days
from lints.doors import doors_never_write
from lints.modules import (
    a_module_is_named_for_what_it_holds,
    a_module_stays_short,
    code_is_formatted_without_exceptions,
)
from lints.policy import policy_is_read_by_attribute
from lints.project import Project
from lints.rooms import every_room_stands_under_a_contract
from lints.steps import faults_of
from lints.templates import templates_hold_no_script_or_style
from lints.vocabulary import names_are_plain_words

ROOT = Path(__file__).parents[2]
DOORS = [
    ("order.save()", "save_order(order)"),
    ("Order.objects.create(number=1)", "Order.objects.get(number=1)"),
    ("Order(number=1).save()", "form = Order(number=1)"),
    ("shop.orders.filter(paid=True).update(paid=False)", "context.update(extra)"),
    ("shop.orders.all().delete()", "cache.delete(key)"),
    ("Order.objects.bulk_create(orders)", "Order.objects.in_bulk(orders)"),
    ("Order.objects.get_or_create(number=1)", "get_or_404(Order, number=1)"),
    ("order.step(to)", "ladder.step"),
    ("Order.bulk_step(orders, to)", "steps.bulk(orders)"),
    ("attempt(form, order.delete)", "attempt(form, delete_order)"),
    ("getattr(order, 'save')()", "getattr(order, 'number')"),
    ("shop.owners.add(user)", "seen = set(); seen.add(user)"),
    ("cursor.execute('UPDATE shops_order SET paid = true')", "cursor.execute('SELECT 1')"),
]


@pytest.mark.parametrize(("forbidden", "allowed"), DOORS)
def test_doors_never_write(plant, forbidden, allowed):
    for door in (
        "shops/views/orders.py",
        "klean/core/web/api.py",
        "shops/tasks.py",
        "shops/floor/handlers.py",
    ):
        assert list(doors_never_write(plant(door, forbidden)))
        assert not list(doors_never_write(plant(door, allowed)))

    assert not list(doors_never_write(plant("shops/actions.py", forbidden)))


ACTIONS = [
    ("def open_shop(shop):\n    shop.save()", "def read_shop(shop):\n    return shop.name"),
    ("def open_shop(shop, *, at):\n    record(fact)", "def open_shop(shop, *, at, actor):\n    record(fact)"),
    ("def open_shop(*, at, actor=None):\n    record(fact)", "def _open_shop(*, at):\n    record(fact)"),
    (
        "def open_shop(*, actor, at):\n    shop.step(1)",
        "def open_shop(*, kind, at, actor):\n    shop.step(1)",
    ),
    ("def open_shop(at, actor):\n    shop.delete()", "def open_shop(*, at, actor):\n    shop.delete()"),
    (
        "def _write(shop):\n    shop.save()\ndef open_shop(shop):\n    _write(shop)",
        "def _write(shop):\n    shop.save()\ndef open_due_shops(*, at):\n    work_off(Shop, _write, at=at)",
    ),
]


@pytest.mark.parametrize(("forbidden", "allowed"), ACTIONS)
def test_actions_name_their_time_and_actor(plant, forbidden, allowed):
    for drawer in ("shops/actions/shops.py", "klean/core/web/actions.py"):
        assert list(actions_name_their_time_and_actor(plant(drawer, forbidden)))
        assert not list(actions_name_their_time_and_actor(plant(drawer, allowed)))


DAYS = [
    ("moment.date()", "datetime.strptime(text, '%Y').date()"),
    ("moment.astimezone(zone).date()", "datetime.date(2026, 1, 1)"),
    ("timezone.localdate(at)", "day_of(at)"),
    ("date.today()", "date.fromisoformat(text)"),
    ("orders.filter(paid_at__date=day)", "orders.filter(paid_at__gte=start)"),
    ("TruncDate('paid_at')", "TruncDate('paid_at', tzinfo=zone)"),
]


@pytest.mark.parametrize(("forbidden", "allowed"), DAYS)
def test_one_function_makes_days(plant, forbidden, allowed):
    assert list(one_function_makes_days(plant("shops/queries.py", forbidden)))
    assert not list(one_function_makes_days(plant("shops/queries.py", allowed)))


def test_day_of_itself_may_make_a_day(plant):
    day_of = "def day_of(moment):\n    return moment.astimezone(ZONE).date()\n"

    assert not list(one_function_makes_days(plant("klean/core/policy/rules/calendar.py", day_of)))
    assert list(one_function_makes_days(plant("shops/rules.py", day_of)))


SECTIONS = [
    ("policy_at(at).section('refunds')", "policy_at(at)[Refunds]"),
    ("policy.body['refunds']", "response.body['refunds']"),
]


@pytest.mark.parametrize(("forbidden", "allowed"), SECTIONS)
def test_policy_is_read_by_attribute(plant, forbidden, allowed):
    assert list(policy_is_read_by_attribute(plant("shops/actions.py", forbidden)))
    assert not list(policy_is_read_by_attribute(plant("shops/actions.py", allowed)))


def test_a_module_stays_short(plant):
    assert list(a_module_stays_short(plant("shops/models.py", "x = 1\n" * 301)))
    assert not list(a_module_stays_short(plant("shops/models.py", "x = 1\n" * 300)))


def test_a_module_is_named_for_what_it_holds(plant):
    assert not list(a_module_is_named_for_what_it_holds(plant("shops/queries/helpers_of_shops.py", "")))
    assert list(a_module_is_named_for_what_it_holds(plant("shops/queries/helpers.py", "")))


def test_no_package_is_called_by_a_name_that_says_nothing(plant):
    assert list(a_module_is_named_for_what_it_holds(plant("shops/utils/money.py", "")))


def test_code_is_formatted_without_exceptions(plant):
    assert list(code_is_formatted_without_exceptions(plant("shops/models.py", "x = 1  # fmt: skip\n")))
    assert not list(code_is_formatted_without_exceptions(plant("shops/models.py", "x = '# fmt: skip'\n")))


TEMPLATES = [
    ("<script>alert(1)</script>", "<script src='/static/a.js'></script>"),
    ("<p style='color: red'>", "<p data-style='red'>"),
    ("<button onclick='go()'>", "<button data-on='go'>"),
    ("{{ reasons|safe }}", "{{ field.help_text|safe }}"),
    ("{% autoescape off %}", "{% autoescape on %}"),
]


@pytest.mark.parametrize(("forbidden", "allowed"), TEMPLATES)
def test_templates_hold_no_script_or_style(plant, forbidden, allowed):
    assert list(templates_hold_no_script_or_style(plant("templates/shops/shop.html", forbidden)))
    assert not list(templates_hold_no_script_or_style(plant("templates/shops/shop.html", allowed)))


NAMES = [
    ("told = 1", "payload = 1"),
    ("def f(seller_told): ...", "def f(untold): ..."),
    ("class Unfit(Exception): ...", "class Outfit(Exception): ..."),
    ("MOST_FAULTS = 3", "MAX_FAULTS = 3"),
    ("def hold(model, pk): ...", "def place_hold(matter): ..."),
    ("self.look = 1", "self.second_look = 1"),
    ("import json as said", "import json"),
    ("def meet_new_sisters(): ...", "def meeting(): ..."),
]


@pytest.mark.parametrize(("forbidden", "allowed"), NAMES)
def test_names_are_plain_words(plant, forbidden, allowed):
    assert list(names_are_plain_words(plant("shops/actions.py", forbidden)))
    assert not list(names_are_plain_words(plant("shops/actions.py", allowed)))


def test_a_name_from_elsewhere_may_be_used(plant):
    assert not list(names_are_plain_words(plant("shops/actions.py", "squares = numpy.told(rows)")))


def test_a_module_is_named_by_plain_words(plant):
    assert list(names_are_plain_words(plant("shops/queries/beside.py", "")))


def test_every_room_stands_under_a_contract(plant):
    assert not list(every_room_stands_under_a_contract(plant("shops/views.py", "")))
    assert list(every_room_stands_under_a_contract(plant("shops/floor/views.py", "")))


def test_every_package_stands_under_a_contract(plant):
    assert list(every_room_stands_under_a_contract(plant("parcels/__init__.py", "")))


def test_apps_rooms_and_core_are_read_alike():
    read = {(module.room, module.drawer) for module in Project(ROOT).modules}

    assert {("brands", "views"), ("enforcement.cases", "actions"), ("klean.core.policy", "rules")} <= read


def test_the_steps_of_a_model_are_complete():
    whole = {"OPEN": frozenset({"DONE"}), "DONE": frozenset()}

    assert not list(faults_of({"OPEN", "DONE"}, whole))
    assert list(faults_of({"OPEN", "DONE", "LOST"}, whole))
    assert list(faults_of({"OPEN"}, whole))
    assert list(faults_of({"OPEN", "DONE"}, {**whole, "DONE": frozenset({"LOST"})}))


def test_every_rule_is_one_sentence():
    for lint in LINTS:
        assert lint.__doc__
        assert lint.__doc__.endswith(".")
        assert "\n" not in lint.__doc__
