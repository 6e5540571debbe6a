"""The slang of counterfeits is found, also disguised, and its honest uses are left alone."""

import pytest

from screening.checks.counterfeit_language.find import language_signals
from screening.signal import Item
from screening.text.brands import BrandIndex
from screening.text.language import lexicon
from screening.text.names import BrandName


def terms(title: str, category: str = "", condition: str = "new") -> list[str]:
    (signals,) = language_signals([Item("1", title, category=category, condition=condition)])
    return [signal.evidence["term"] for signal in signals]


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("샤넬 미러급 가방", "미러급"),
        ("구찌 SA급 벨트", "SA급"),
        ("프라다 S급 지갑", "S급"),
        ("몽클레어 정품로스", "정품로스"),
        ("나이키 레플 신발", "레플리카"),
        ("갓버전 스니커즈", "갓버전"),
        ("톰브라운 가디건 정품급", "정품급"),
        ("싱크로율 99% 가방", "싱크로율"),
        ("샤넬 st 가방", "~st"),
        ("프라*풍 지갑", "~스타일"),
        ("bag inspired by Chanel", "inspired by"),
        ("1:1 구찌 지갑", "1:1"),
        ("AAA+ watch", "AAA"),
        ("mirror quality bag", "미러급"),
        ("[TJ공장] 톰브라운", "[OO공장]"),
        ("미 러 급 지갑", "미러급"),
        ("정.품.급 샤넬", "정품급"),
        ("ㄹㅔ플리카 나이키", "레플리카"),
        ("Ｍirror quality", "미러급"),
        ("r3plica nike", "레플리카"),
    ],
)
def test_slang_is_found(title: str, term: str) -> None:
    assert terms(title) == [term]


@pytest.mark.parametrize(
    ("title", "category", "condition"),
    [
        ("아이폰6 s급 팝니다", "휴대폰", "used"),
        ("갤럭시 A급 공기계", "", "new"),
        ("한우 A급 등심", "식품", "new"),
        ("Maison Margiela Replica Jazz Club", "perfume", "new"),
        ("메종 마르지엘라 레플리카 스니커즈", "신발", "new"),
        ("정품 급속 충전기", "", "new"),
        ("100% 정품 나이키 운동화", "신발", "new"),
        ("가품시 100% 환불", "", "new"),
        ("고가품 매입", "", "new"),
        ("1:1 문의 환영", "", "new"),
        ("AAA 건전지 10개", "", "new"),
        ("커피 로스팅 원두", "식품", "new"),
        ("미러 선글라스", "패션", "new"),
        ("프렌치 스타일 원피스", "패션", "new"),
        ("버켄스탁 샌들", "신발", "new"),
    ],
)
def test_honest_words_are_left_alone(title: str, category: str, condition: str) -> None:
    assert terms(title, category, condition) == []


def test_evidence_points_at_the_word_and_says_what_it_means() -> None:
    title = "샤넬 미.러.급 가방"
    ((signal,),) = language_signals([Item("1", title)])
    evidence = signal.evidence
    assert title[evidence["start"] : evidence["end"]] == evidence["text"] == "미.러.급"
    assert evidence["how"] == ["separators"]
    assert evidence["meaning"]
    ((plain,),) = language_signals([Item("1", "샤넬 미러급 가방")])
    assert plain.value < signal.value <= 1


def test_a_style_of_a_brand_is_slang_when_mentions_are_given() -> None:
    index = BrandIndex.build([BrandName("Chanel", "샤넬", (), "fashion")])
    items = [Item("1", "샤넬 스타일 가방"), Item("2", "샤넬 가방")]
    style, plain = language_signals(items, index.mentions(items))
    assert [(signal.brand, signal.evidence["text"]) for signal in style] == [("Chanel", "샤넬")]
    assert plain == []


def test_the_lexicon_is_complete() -> None:
    assert len({term.term for term in lexicon()}) == len(lexicon())
    for term in lexicon():
        assert term.meaning
        assert 0 < term.strength <= 1
        assert bool(term.forms) != bool(term.pattern)
