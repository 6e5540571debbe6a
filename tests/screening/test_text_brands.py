"""Brands are found through disguises, and ordinary words are not brands."""

import pytest

from screening.checks.brand_mention.find import brand_signals
from screening.signal import Item
from screening.text.brands import BrandIndex, Mention
from screening.text.names import BrandName

BRANDS = [
    BrandName("Nike", "나이키", ("NIKE",), "fashion"),
    BrandName("Louis Vuitton", "루이비통", ("LOUISVUITTON", "LV"), "fashion"),
    BrandName("Balenciaga", "발렌시아가", (), "fashion"),
    BrandName("Prada", "프라다", (), "fashion"),
    BrandName("Gucci", "구찌", (), "fashion"),
    BrandName("Chanel", "샤넬", (), "fashion"),
    BrandName("Coach", "코치", (), "fashion"),
    BrandName("Gap", "갭", ("GAP",), "fashion"),
    BrandName("Samsung", "삼성", (), "electronics"),
    BrandName("Chloé", "끌로에", (), "fashion"),
    BrandName("Polo", "폴로", (), "fashion"),
    BrandName("Polo Ralph Lauren", "폴로 랄프로렌", (), "fashion"),
]


@pytest.fixture(scope="module")
def index() -> BrandIndex:
    return BrandIndex.build(BRANDS)


def found(index: BrandIndex, title: str, category: str = "fashion", brand: str = "") -> list[Mention]:
    return index.mentions([Item("1", title, category=category, brand=brand)])[0]


@pytest.mark.parametrize(
    ("title", "brand", "text", "how"),
    [
        ("나이키 운동화", "Nike", "나이키", ()),
        ("nike shoes", "Nike", "nike", ()),
        ("신발 nIkE 270", "Nike", "nIkE", ("case",)),
        ("ＮＩＫＥ 정품", "Nike", "ＮＩＫＥ", ("full_width",)),
        ("NІKE air", "Nike", "NІKE", ("homoglyph",)),
        ("𝐍𝐢𝐤𝐞 air", "Nike", "𝐍𝐢𝐤𝐞", ("mathematical",)),
        ("ⓝⓘⓚⓔ air", "Nike", "ⓝⓘⓚⓔ", ("enclosed",)),
        ("🅽🅸🅺🅴 air", "Nike", "🅽🅸🅺🅴", ("enclosed",)),
        ("N1K3 air", "Nike", "N1K3", ("leet",)),
        ("Pr@d@ bag", "Prada", "Pr@d@", ("leet",)),
        ("N.I.K.E air", "Nike", "N.I.K.E", ("separators",)),
        ("N|I|K|E air", "Nike", "N|I|K|E", ("separators",)),
        ("나.이.키 신발", "Nike", "나.이.키", ("separators",)),
        ("나ㆍ이ㆍ키 신발", "Nike", "나ㆍ이ㆍ키", ("separators",)),
        ("ni\u200bke air", "Nike", "ni\u200bke", ("zero_width",)),
        ("guccccci bag", "Gucci", "guccccci", ("repeated",)),
        ("나이이키 신발", "Nike", "나이이키", ("repeated",)),
        ("LouisVuitton bag", "Louis Vuitton", "LouisVuitton", ()),
        ("루이 비통 가방", "Louis Vuitton", "루이 비통", ("spaces",)),
        ("balenciga bag", "Balenciaga", "balenciga", ("typo",)),
        ("Parda bag", "Prada", "Parda", ("typo",)),
        ("루이*통 가방", "Louis Vuitton", "루이*통", ("masked",)),
        ("ㄴㅏ이키 신발", "Nike", "ㄴㅏ이키", ("jamo",)),
        ("ㄴㅏㅇㅣㅋㅣ 신발", "Nike", "ㄴㅏㅇㅣㅋㅣ", ("jamo",)),
        ("나Ol키 신발", "Nike", "나Ol키", ("latin_jamo",)),
        ("발렌시야가 신발", "Balenciaga", "발렌시야가", ("transliteration",)),
        ("루이vuitton 가방", "Louis Vuitton", "루이vuitton", ("mixed",)),
        ("Chloe bag", "Chloé", "Chloe", ()),
        ("샤넬가방 새상품", "Chanel", "샤넬", ()),
    ],
)
def test_a_brand_is_read_through_its_disguise(
    index: BrandIndex, title: str, brand: str, text: str, how: tuple[str, ...]
) -> None:
    mentions = found(index, title)
    assert [(m.brand, m.text, m.how) for m in mentions] == [(brand, text, how)]
    assert title[mentions[0].start : mentions[0].end] == text


def test_conjoining_jamo_are_read_and_offsets_point_into_the_text_as_given(index: BrandIndex) -> None:
    title = "정품 \u1102\u1161\u110b\u1175\u110f\u1175 신발"
    (mention,) = found(index, title)
    assert (mention.brand, mention.how) == ("Nike", ("jamo",))
    assert title[mention.start : mention.end] == "\u1102\u1161\u110b\u1175\u110f\u1175"


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("mind the gap please", "books"),
        ("축구 코치 모집", ""),
        ("second class coach ticket", "travel"),
        ("프라이팬 28cm 인덕션", "kitchen"),
        ("monkey business t-shirt", "fashion"),
        ("C1C0 NK-1 350ml 3M", "electronics"),
        ("", "fashion"),
        ("!!! ★★★ ---", "fashion"),
        ("\u200b\u200b", "fashion"),
    ],
)
def test_ordinary_words_and_codes_are_not_brands(index: BrandIndex, title: str, category: str) -> None:
    assert found(index, title, category) == []


def test_a_common_word_is_a_brand_where_its_other_name_stands_beside_it(index: BrandIndex) -> None:
    assert {m.brand for m in found(index, "신상 GAP 후드티 갭", "")} == {"Gap"}
    assert {m.brand for m in found(index, "Coach Tabby shoulder bag", "bag")} == {"Coach"}
    assert {m.brand for m in found(index, "[코치] 숄더백", "가방")} == {"Coach"}


def test_the_brand_field_needs_no_context(index: BrandIndex) -> None:
    (mention,) = found(index, "shoulder bag", "", brand="coach")
    assert (mention.brand, mention.field, mention.use) == ("Coach", "brand", "trade")


def test_the_longer_name_stands_for_the_shorter_one_inside_it(index: BrandIndex) -> None:
    assert [m.brand for m in found(index, "Polo Ralph Lauren shirt")] == ["Polo Ralph Lauren"]


@pytest.mark.parametrize(
    ("title", "use"),
    [
        ("삼성 토너", "trade"),
        ("삼성 호환 토너", "nominative"),
        ("삼성 전용 케이스", "nominative"),
        ("toner for Samsung printers", "nominative"),
        ("샤넬 스타일 가방", "passing_off"),
        ("샤넬st 가방", "passing_off"),
        ("샤넬풍 자켓", "passing_off"),
        ("bag inspired by Chanel", "passing_off"),
    ],
)
def test_how_a_name_is_meant_is_read_from_its_neighbours(index: BrandIndex, title: str, use: str) -> None:
    assert [m.use for m in found(index, title, "")] == [use]


def test_a_signal_tells_each_brand_once_with_evidence_that_can_be_checked(index: BrandIndex) -> None:
    item = Item("1", "N1KE 나이키 운동화", description="나이키 정품, 구찌 아님", category="fashion")
    (signals,) = brand_signals(index, [item])
    assert [signal.brand for signal in signals] == ["Nike", "Gucci"]
    assert signals[0].kind == "brand_mention"
    assert signals[0].evidence == {
        "field": "title",
        "start": 5,
        "end": 8,
        "text": "나이키",
        "reads_as": "나이키",
        "how": [],
        "use": "trade",
    }
    assert signals[1].evidence["field"] == "description"


def test_batches_answer_in_the_order_of_their_items(index: BrandIndex) -> None:
    titles = ["구찌 벨트", "아무것도 아님", "나이키\n신발", "샤넬 백"]
    batch = index.mentions([Item(str(i), title, category="fashion") for i, title in enumerate(titles)])
    assert [[m.brand for m in mentions] for mentions in batch] == [["Gucci"], [], ["Nike"], ["Chanel"]]
    assert index.mentions([]) == []


def test_an_empty_brand_file_finds_nothing() -> None:
    assert BrandIndex.build([]).mentions([Item("1", "나이키")]) == [[]]
    assert BrandIndex.build([BrandName("***")]).mentions([Item("1", "나이키 ***")]) == [[]]


def test_a_word_that_ends_as_the_name_begins_does_not_hide_it(index: BrandIndex) -> None:
    for title in ("집업 ㅍㅗㄹ로 셔츠", "in N1KE shoes", "in n i k e shoes"):
        assert len(found(index, title)) == 1, title


def test_makers_joined_by_a_cross_are_each_found(index: BrandIndex) -> None:
    assert [m.brand for m in found(index, "[나이키X구찌] 협업 운동화")] == ["Nike", "Gucci"]
    assert [m.brand for m in found(index, "발렌샤가X나이키")] == ["Nike"]


def test_a_mask_at_either_end_belongs_to_the_name(index: BrandIndex) -> None:
    assert [m.text for m in found(index, "나이○ 운동화")] == ["나이○"]
    assert [m.text for m in found(index, "*ucci bag")] == ["*ucci"]


def test_a_model_number_or_capitals_before_korean_speak_for_a_common_word() -> None:
    index = BrandIndex.build(
        [BrandName("Next", "", (), "fashion"), BrandName("Cobra", "", (), "electronics")]
    )
    assert [m.brand for m in found(index, "NEXT 후드티")] == ["Next"]
    assert found(index, "next 후드티") == []
    assert [m.brand for m in found(index, "cobra hg300x office", "")] == ["Cobra"]
    assert found(index, "cobra 500g 2pack", "") == []


def test_given_names_and_loanwords_are_no_misspelt_brands() -> None:
    index = BrandIndex.build(
        [BrandName("Ripley", "", (), "fashion"), BrandName("Grove", "그로브", (), "fashion")]
    )
    assert found(index, "Riley leather shoes") == []
    assert found(index, "글로브 양가죽") == []


def test_a_latin_word_of_the_same_sound_vouches_for_a_korean_name() -> None:
    index = BrandIndex.build([BrandName("GALAX", "갤럭시", (), "fashion")])
    assert {m.brand for m in found(index, "갤럭시 GALAZ 그래픽카드", "디지털")} == {"GALAX"}
    assert found(index, "갤럭시 STAR 그래픽카드", "디지털") == []


def test_a_material_that_begins_a_title_is_no_brand_of_its_name() -> None:
    index = BrandIndex.build(
        [BrandName("스웨이드", "스웨이드", (), "fashion"), BrandName("스웨이드랩", "", (), "fashion")]
    )
    for title in ("스웨이드 로퍼 남성", "남성 스웨이드 부츠"):
        assert found(index, title) == []
    assert [mention.brand for mention in found(index, "[스웨이드] 로퍼")] == ["스웨이드"]
    assert [mention.brand for mention in found(index, "로퍼", brand="스웨이드")] == ["스웨이드"]


def test_a_model_of_another_maker_is_no_misspelt_brand() -> None:
    index = BrandIndex.build(
        [BrandName("Felice", "", (), "fashion"), BrandName("Nextware", "", (), "electronics")]
    )
    assert found(index, "Felicie Pochette Monogram Empreinte Leather") == []
    assert found(index, "Felicee pouch, black")[0].how == ("repeated",)
