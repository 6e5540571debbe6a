"""The catalogue of the invented marketplace: mostly honest goods, and every way of selling fakes that screening knows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from demo.drawing import Photo
from demo.world import DemoBrand, Shop, demo_brands, design_of, dice_for, shops, world

KINDS = ("bag", "shoe", "watch", "bottle")
CATEGORIES = {
    "bag": "패션잡화 > 가방",
    "shoe": "패션잡화 > 신발",
    "watch": "패션잡화 > 시계",
    "bottle": "뷰티",
}
USUAL = {"bag": 39_000, "shoe": 45_000, "watch": 62_000, "bottle": 21_000}
# How many of each; the first four are honest.
HONEST = {"plain": 185, "authorised": 84, "resold": 28, "accessory": 20}
DOUBTFUL = {
    "unauthorised": 14,
    "latin": 12,
    "hangul": 14,
    "slang": 16,
    "copied": 16,
    "cheap": 8,
    "broken": 5,
}
LOOKALIKES = str.maketrans({"a": "а", "e": "е", "o": "о", "l": "1", "s": "5"})
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
FIRST_SYLLABLE = ord("가")
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the catalogue. ``photo`` is drawn; ``treatment`` says what a thief or an accident did to the file."""

    external_id: str
    sort: str
    seller: str
    title: str
    description: str
    brand: str
    category: str
    price: int
    photo: Photo
    treatment: str = ""


def offers(sorts: dict[str, int]) -> Iterator[Offer]:
    """The offers of these sorts, the same every time."""
    for sort, count in sorts.items():
        for number in range(count):
            dice = dice_for(f"{sort} {number}")
            start = 810_000_000 + 10_000 * [*HONEST, *DOUBTFUL].index(sort)
            yield replace(SORTS[sort](dice, number), external_id=str(start + number * 7 + 11), sort=sort)


def official_photos(brand: DemoBrand) -> list[Photo]:
    """The pictures that the brand itself shows."""
    return [
        Photo(design_of(brand.kind, brand, colour, cut), f"official {brand.name} {colour}", is_official=True)
        for colour, cut in ((0, 0), (2, 1), (3, 2))
    ]


def counterfeit_photo(brand: DemoBrand) -> Photo:
    """A fake that was confirmed before."""
    return Photo(design_of(brand.kind, brand, 5, 4), f"fake {brand.name}")


def _shops(trade: str) -> list[Shop]:
    return [shop for shop in shops() if shop.trade == trade]


def _words(name: str) -> list[str]:
    found: list[str] = world()["words"][name]
    return found


def _offer(
    dice: Random, shop: Shop, title: str, kind: str, price: float, *, brand: DemoBrand | None = None
) -> Offer:
    colour = dice.randrange(8)
    words = "shady_descriptions" if shop.trade == "shady" else "descriptions"
    return Offer(
        external_id="",
        sort="",
        seller=shop.external_id,
        title=" ".join(f"{title} {_words('colours')[colour]}".split()),
        description=dice.choice(_words(words)),
        brand=brand.name if brand else "",
        category=CATEGORIES[kind],
        price=int(price) // 100 * 100,
        photo=Photo(design_of(kind, brand, colour, dice.randrange(6)), f"photo {dice.random()}"),
    )


def _plain(dice: Random, number: int) -> Offer:
    kind = KINDS[number % 4]
    price = USUAL[kind] * dice.uniform(0.7, 1.5)
    if number % 9 == 0:
        return _offer(dice, dice.choice(_shops("honest")), _words("english")[number % 4].title(), kind, price)
    title = f"{dice.choice(_words('openers'))} {dice.choice(_words(kind))}"
    return _offer(dice, dice.choice(_shops("honest" if number % 8 else "shady")), title, kind, price)


def _authorised(dice: Random, number: int) -> Offer:
    shop = _shops("official")[number % 8]
    name = dice.choice(shop.brands)
    brand = next(brand for brand in demo_brands() if brand.name == name)
    opener = dice.choice(_words("official_openers"))
    title = f"{opener} {brand.korean_name} {brand.name} {dice.choice(_words(brand.kind))}"
    return _offer(dice, shop, title, brand.kind, brand.list_price * dice.uniform(0.85, 1.05), brand=brand)


def _resold(dice: Random, number: int) -> Offer:
    brand = dice.choice([brand for brand in demo_brands() if brand.protection == "OPEN"])
    title = f"{dice.choice(_words('openers'))} {brand.korean_name} {dice.choice(_words(brand.kind))}"
    shop = dice.choice(_shops("honest"))
    return _offer(dice, shop, title, brand.kind, brand.list_price * dice.uniform(0.75, 1.0), brand=brand)


def _accessory(dice: Random, number: int) -> Offer:
    """It names a brand and is honest: made to fit the brand's goods."""
    brand = dice.choice(demo_brands())
    title = f"{brand.korean_name} 호환 {dice.choice(_words(f'{brand.kind}_parts'))}"
    return _offer(dice, dice.choice(_shops("honest")), title, brand.kind, dice.uniform(6_000, 19_000))


def _guarded(dice: Random) -> DemoBrand:
    return dice.choice([brand for brand in demo_brands() if brand.protection == "GATED"])


def _unauthorised(dice: Random, number: int) -> Offer:
    brand = _guarded(dice)
    title = f"{brand.korean_name} {brand.name} {dice.choice(_words(brand.kind))} 국내배송"
    shop = dice.choice(_shops("shady" if number % 3 else "honest"))
    return _offer(dice, shop, title, brand.kind, brand.list_price * dice.uniform(0.55, 0.9), brand=brand)


def _latin(dice: Random, number: int) -> Offer:
    brand = _guarded(dice)
    ways = (brand.name.translate(LOOKALIKES), " ".join(brand.name.upper()), "*".join(brand.name))
    title = f"{ways[number % 3]} 스타일 {dice.choice(_words(brand.kind))}"
    return _offer(
        dice, dice.choice(_shops("shady")), title, brand.kind, brand.list_price * dice.uniform(0.1, 0.3)
    )


def _hangul(dice: Random, number: int) -> Offer:
    brand = _guarded(dice)
    name = brand.korean_name
    ways = (spelt_out(name[0]) + name[1:], spelt_out(name), ".".join(name), "ㆍ".join(name))
    title = f"{ways[number % 4]} {dice.choice(_words(brand.kind))} 특가"
    return _offer(
        dice, dice.choice(_shops("shady")), title, brand.kind, brand.list_price * dice.uniform(0.1, 0.3)
    )


def _slang(dice: Random, number: int) -> Offer:
    brand, word = _guarded(dice), dice.choice(_words("slang"))
    title = f"{word} {brand.korean_name} {dice.choice(_words(brand.kind))} 풀박스"
    return _offer(
        dice, dice.choice(_shops("shady")), title, brand.kind, brand.list_price * dice.uniform(0.08, 0.2)
    )


def _copied(dice: Random, number: int) -> Offer:
    """The brand's own picture beside its name, or a fake that is known under a title that says nothing."""
    brand, is_known_fake = _guarded(dice), number % 2 == 1
    name = "" if is_known_fake else f"{brand.korean_name} "
    title = f"{dice.choice(_words('openers'))} {name}{dice.choice(_words(brand.kind))} 명품 스타일"
    made = _offer(
        dice, dice.choice(_shops("shady")), title, brand.kind, USUAL[brand.kind] * dice.uniform(1.1, 2.5)
    )
    photo = counterfeit_photo(brand) if is_known_fake else dice.choice(official_photos(brand))
    return replace(made, photo=photo, treatment=("recompressed", "cropped")[number // 2 % 2])


def _cheap(dice: Random, number: int) -> Offer:
    brand = _guarded(dice)
    title = f"{brand.korean_name} {brand.name} {dice.choice(_words(brand.kind))} 창고정리"
    shop = dice.choice(_shops("shady"))
    return _offer(dice, shop, title, brand.kind, brand.list_price * dice.uniform(0.06, 0.14), brand=brand)


def _broken(dice: Random, number: int) -> Offer:
    made = _plain(dice, number + 1)
    return replace(made, treatment=("missing", "cut_off", "no_picture")[number % 3])


def spelt_out(text: str) -> str:
    """Syllables as the letters that they are made of."""
    return "".join(_letters(ord(syllable) - FIRST_SYLLABLE) for syllable in text)


def _letters(code: int) -> str:
    initial, rest = divmod(code, 588)
    vowel, final = divmod(rest, 28)
    return INITIALS[initial] + VOWELS[vowel] + FINALS[final].strip()


SORTS = {
    "plain": _plain,
    "authorised": _authorised,
    "resold": _resold,
    "accessory": _accessory,
    "unauthorised": _unauthorised,
    "latin": _latin,
    "hangul": _hangul,
    "slang": _slang,
    "copied": _copied,
    "cheap": _cheap,
    "broken": _broken,
}
