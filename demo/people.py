"""The people of the demo: one for each role, and whom they act for."""

from collections.abc import Iterator

from demo.world import shops, world
from klean.core.access.models import Membership, Organisation, Role, User
from klean.core.events.actors import Actor, person

Kind = Organisation.Kind
MARKET = Actor("machine", "demo-marketplace")
HOLDER = "마로엔코리아"
BODY = "한국섬유감정원"
# The shops whose people have an account: one to log in with, and one whose owner has appealed.
OWN_SHOP, APPEALING_SHOP = "럭셔리문", "스타일팩토리"
NAMES = {
    Role.MODERATOR: "김보라",
    Role.SENIOR: "박선우",
    Role.PENALTIES: "이도현",
    Role.RIGHTS_HOLDER: "정하린",
    Role.CONSUMER: "최지우",
    Role.SELLER: "문태성",
    Role.INSPECTOR: "강은채",
    Role.LEGAL: "윤서진",
    Role.GOVERNANCE: "임다은",
    Role.ENGINEER: "한민재",
}


def address_of(role: str) -> str:
    return f"{role}@demo.klean"


def accounts() -> dict[str, str]:
    return {str(role): address_of(role) for role in NAMES}


def account(role: str) -> User:
    return User.objects.get(email=address_of(role))


def actor(role: str) -> Actor:
    return person(account(role).pk)


def shop_called(name: str) -> str:
    """The marketplace's id of a shop."""
    return next(shop.external_id for shop in shops() if shop.name == name)


def organisation(name: str, kind: Organisation.Kind) -> Organisation:
    return Organisation.objects.get_or_create(name=name, kind=kind)[0]


def marketplace() -> Organisation:
    return organisation(world()["marketplace"], Kind.MARKETPLACE)


def make_people() -> None:
    """The ten accounts, whose password is set later, and those who only appear."""
    for role, (name, of) in _accounts().items():
        _member(address_of(role), name, role, of)
    _member("owner@stylefactory.example", "오준호", Role.SELLER, organisation(APPEALING_SHOP, Kind.SELLER))
    _member("shopper@body.example", "서윤아", Role.INSPECTOR, organisation(BODY, Kind.INSPECTION_BODY))
    _member("head@body.example", "남기훈", Role.INSPECTOR, organisation(BODY, Kind.INSPECTION_BODY))
    for number, name in enumerate(("장서연", "배도윤", "신예은", "류지호", "고은별")):
        _member(f"buyer{number + 1}@example.com", name, Role.CONSUMER, None)


def buyers() -> Iterator[User]:
    yield from User.objects.filter(email__startswith="buyer", email__endswith="@example.com").order_by(
        "email"
    )


def _accounts() -> dict[str, tuple[str, Organisation | None]]:
    team, market = organisation("클린센터", Kind.OPERATOR), marketplace()
    acting_for = {
        Role.RIGHTS_HOLDER: organisation(HOLDER, Kind.RIGHTS_HOLDER),
        Role.SELLER: organisation(OWN_SHOP, Kind.SELLER),
        Role.INSPECTOR: organisation(BODY, Kind.INSPECTION_BODY),
        Role.ENGINEER: market,
        Role.CONSUMER: None,
    }
    return {str(role): (name, acting_for.get(role, team)) for role, name in NAMES.items()}


def _member(email: str, name: str, role: str, of: Organisation | None) -> None:
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name=name, language="ko"
    )
    Membership.objects.get_or_create(user=user, organisation=of, role=role)
