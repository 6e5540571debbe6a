"""Values and evidence as the pages draw them; whatever a stranger wrote comes out as text."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.forms import CharField, Form
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from klean.core.access.models import User
from klean.core.templatetags.charts import barchart, linechart, pricescale, sparkline
from klean.core.templatetags.formats import marked, masked, since, won
from klean.core.templatetags.states import TONE_OF, TONES, tone_of

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
HOSTILE = '<script>alert("1")</script>'


def drawn(source: str, path: str = "/", user: Any = None, **context: Any) -> str:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return engines["django"].from_string("{% load klean %}" + source).render(context, request)


class TestMoney:
    @pytest.mark.parametrize(
        ("language", "amount", "shown"),
        [
            ("ko", 1234000, "1,234,000원"),
            ("en", 1234000, "₩1,234,000"),
            ("en", Decimal("99.6"), "₩100"),
            ("en", -5000, "-₩5,000"),
            ("ko", None, "–"),
        ],
    )
    def test_won_is_written_as_the_language_writes_it(self, language: str, amount: Any, shown: str) -> None:
        with translation.override(language):
            assert won(amount) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("홍길동", "홍*동"),
        ("이산", "이*"),
        ("Kim Minsu", "K*m M***u"),
        ("kim.minsu@example.kr", "k***@example.kr"),
        ("010-1234-5678", "010-****-5678"),
        ("", ""),
        (None, ""),
        ("Inspector Kim 02-5252-6363", "I*******r K*m 02-5***-6363"),
    ],
)
def test_personal_data_is_masked(value: str | None, shown: str) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(hours=-3), "3\xa0hours ago"),
        (timedelta(days=2), "in 2\xa0days"),
    ],
)
def test_time_is_told_from_now(shift: timedelta, words: str) -> None:
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        assert f">{words}</time>" in since(NOON + shift)


class TestMarkedText:
    def test_a_span_is_marked_with_its_label(self) -> None:
        assert marked("새 ㄴㅏ이키", [(2, 6, "나이키")]) == "새 <mark>ㄴㅏ이키<span>나이키</span></mark>"

    def test_text_and_label_of_a_stranger_stay_text(self) -> None:
        shown = marked(HOSTILE, [(0, 8, HOSTILE)])
        assert "<script" not in shown
        assert shown.count("&lt;script&gt;") == 2

    def test_overlapping_spans_share_their_common_part(self) -> None:
        assert marked("abcd", [(0, 3, "x"), (2, 4, "y")]) == (
            "<mark>ab</mark><mark>c<span>x</span></mark><mark>d<span>y</span></mark>"
        )

    @pytest.mark.parametrize("spans", [None, [], [(5, 2)], [(90, 99)], [(2, 2, "nothing")]])
    def test_a_span_that_covers_nothing_marks_nothing(self, spans: Any) -> None:
        assert marked("a & b", spans) == "a &amp; b"

    def test_a_span_past_the_end_is_cut(self) -> None:
        assert marked("abc", [(-4, 99)]) == "<mark>abc</mark>"

    @given(
        st.text(alphabet="<>&'\"a가", max_size=12),
        st.lists(st.tuples(st.integers(-3, 15), st.integers(-3, 15)), max_size=5),
    )
    def test_only_marks_are_markup_and_no_character_is_lost(self, text: str, spans: list[Any]) -> None:
        bare = marked(text, spans).replace("<mark>", "").replace("</mark>", "")
        assert bare == marked(text, [])
        assert "<" not in bare


class TestStates:
    def test_no_state_has_two_tones(self) -> None:
        assert len(TONE_OF) == sum(len(states.split()) for states in TONES.values())

    @pytest.mark.parametrize(
        ("state", "tone"),
        [("LIVE", "positive"), ("in_review", "info"), ("on hold legal", "warning"), ("DRAFT", "neutral")],
    )
    def test_a_state_speaks_in_its_tone(self, state: str, tone: str) -> None:
        assert tone_of(state) == tone

    def test_a_badge_says_the_label_it_was_given(self) -> None:
        assert drawn('{% badge "HELD" words %}', words="<보류>") == (
            '<span class="badge" data-tone="warning">&lt;보류&gt;</span>\n'
        )


class TestCharts:
    def test_bars_are_measured_against_the_largest(self) -> None:
        assert [bar["width"] for bar in barchart("t", ["a", "b"], [50, 25])["bars"]] == ["100.00%", "50.00%"]

    def test_charts_of_nothing_say_so(self) -> None:
        assert barchart("t", [], [])["bars"] == []
        assert linechart("t", [], [])["rows"] == []
        assert sparkline("t", []) == {"title": "t"}

    def test_a_line_stands_on_zero(self) -> None:
        assert linechart("t", ["a", "b"], [0, 10])["points"] == "0.00,96.00 100.00,4.00"

    def test_a_price_below_the_usual_range_is_critical(self) -> None:
        with translation.override("en"):
            scale = pricescale(39000, 98000, 129000, Decimal(159000))
        assert (scale["tone"], scale["of_median"], scale["price_at"]) == ("critical", "30%", "22.30%")

    def test_figures_of_decimals_and_zero_are_drawn(self) -> None:
        assert drawn("{% pricescale 0 0 0 0 %}{% linechart 't' l v %}", l=["a"], v=[Decimal("1.5")])


class TestLinks:
    def test_the_pager_keeps_the_filter_and_leaves_the_old_cursor(self) -> None:
        with translation.override("en"):
            page = drawn('{% pager "x/y" %}', "/desk/?state=HELD&after=old")
        assert 'href="?state=HELD"' in page
        assert 'href="?state=HELD&amp;after=x%2Fy"' in page

    def test_the_only_page_has_no_pager(self) -> None:
        assert "<nav" not in drawn('{% pager "" %}')

    def test_a_sorted_column_turns_round(self) -> None:
        assert 'aria-sort="ascending"' in drawn('{% sortheader "Price" "price" %}', "/?sort=price&after=c")
        assert 'href="?sort=-price"' in drawn('{% sortheader "Price" "price" %}', "/?sort=price&after=c")

    def test_a_hostile_address_stays_inside_its_attribute(self) -> None:
        assert "<script" not in drawn(
            '{% sortheader "Price" "price" %}{% pager "a" %}', f"/?q={HOSTILE}&after=b"
        )


class TestNavigation:
    def test_a_stranger_sees_the_public_doors(self) -> None:
        menu = drawn("{% navigation %}")
        assert 'href="/report"' in menu
        assert 'href="/desk/"' not in menu

    def test_a_role_sees_its_own_doors(self) -> None:
        user = User(email="a@b.c")
        user.__dict__["roles"] = frozenset({"moderator"})
        menu = drawn("{% navigation %}", "/desk/cases/7", user)
        assert 'href="/desk/" aria-current="page"' in menu
        assert 'href="/legal/"' not in menu

    def test_a_superuser_sees_every_door(self) -> None:
        user = User(email="a@b.c", is_superuser=True)
        user.__dict__["roles"] = frozenset()
        menu = drawn("{% navigation %}", "/", user)
        assert 'href="/legal/"' in menu
        assert 'href="/seller/"' in menu


def test_what_stands_inside_a_block_is_escaped_once() -> None:
    shown = drawn("{% panel title=words %}{{ words }}{% endpanel %}", words="<b> & c")
    assert shown.count("&lt;b&gt; &amp; c") == 2
    assert "&amp;amp;" not in shown


def test_a_picture_frames_its_region_inside_its_edges() -> None:
    shown = drawn('{% picture "/p.png" "a shoe" region=box %}', box=[0.25, -1, 0.75, 2])
    assert 'x="25.00%" y="0.00%" width="50.00%" height="100.00%"' in shown


def test_an_invalid_form_links_every_error_to_its_field() -> None:
    class Sample(Form):
        name = CharField()

    shown = str(Sample({}))
    assert 'class="error-summary" role="alert"' in shown
    assert 'href="#id_name"' in shown
    assert 'aria-invalid="true" aria-describedby="id_name_error"' in shown
