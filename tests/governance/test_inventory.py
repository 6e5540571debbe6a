"""Every field that holds something of a person says so beside itself, in its model's ``PERSONAL``."""

import json
import re

import pytest
from django.apps import apps
from django.db import connection, models

from governance.rules.policy import Retention
from klean.core.access.models import User
from klean.core.files.models import StoredFile
from klean.core.privacy.queries import inventory
from klean.core.privacy.rules import is_contact, pattern_of, patterns_of
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.personal import Personal

OURS = {
    "core",
    "brands",
    "sellers",
    "listings",
    "reports",
    "refunds",
    "mystery_shop",
    "enforcement",
    "legal",
    "governance",
}
SOUNDS_PERSONAL = re.compile(
    r"(^|_)(e?mail|phone|name|address|contact|representative|holder|officer|buyer|applicant|party)($|_)"
)
LONG = 200
# What sounds like a person or could hold words, and is of a machine, a business register, a rule or a thing.
THINGS = """
    core.Event.name core.Event.data core.Organisation.name core.ApiKey.name core.IdempotentAnswer.key
    core.PolicyVersion.name core.PolicyVersion.body core.SigningKey.secret core.SigningKey.reason
    core.WebhookEndpoint.url core.WebhookEndpoint.secret brands.RightsHolder.name brands.IPRight.title
    brands.IPRight.register_entry brands.RegisterRecord.owner brands.RegisterRecord.title brands.Brand.name
    brands.Brand.korean_name brands.ReferenceImage.label sellers.TraderEntity.name
    sellers.TraderEntity.mail_order_number sellers.Seller.name sellers.BrandAuthorisation.grantor
    sellers.BrandAuthorisation.grantee sellers.BrandAuthorisation.holder_answer
    sellers.BrandAuthorisation.holder_answered_at sellers.BrandAuthorisation.ticks listings.Listing.link
    listings.Listing.brand_text listings.Listing.category listings.Listing.attributes
    listings.Listing.state_reason listings.ListingPicture.address listings.ListingPicture.fault
    listings.PriceStatistics.category listings.PriceLevel.feature listings.Bank.name
    listings.ScreeningModel.artefact listings.ScreeningModel.comparison refunds.RefundClaim.abuse_parts
    mystery_shop.Fund.name mystery_shop.InspectionBody.accreditation mystery_shop.Programme.name
    mystery_shop.SamplingPlan.name mystery_shop.Stratum.name mystery_shop.Stratum.category
    mystery_shop.CustodyEvent.commitments mystery_shop.Verdict.examiner mystery_shop.Verdict.countersigned_by
    enforcement.Case.priority_parts enforcement.Batch.refused enforcement.Statement.party
    enforcement.Appeal.party legal.AuthorityRequest.authority legal.SupportApplication.parts
    governance.PolicyDraft.name governance.PolicyDraft.text governance.Edition.reason governance.Edition.body
    governance.ExternalFeed.source governance.ExternalRecord.source governance.ExternalRecord.brand
    governance.ExternalRecord.goods governance.Stakeholder.name governance.SubjectRequest.rows
    governance.SubjectRequest.left
"""
IMPERSONAL = frozenset(THINGS.split())


def is_personal(field):
    """A user, an address, anything encrypted, and whatever is called like something of a person."""
    of_user = field.is_relation and field.related_model is User
    return (
        of_user
        or isinstance(field, EncryptedTextField | models.EmailField)
        or (not field.is_relation and bool(SOUNDS_PERSONAL.search(field.name)))
    )


def holds_words(field):
    """Where somebody could write a name."""
    if field.name == "last_error" or field.choices:
        return False
    is_long = isinstance(field, models.CharField) and (field.max_length or 0) >= LONG
    return is_long or isinstance(field, models.TextField | models.JSONField)


def undeclared(found):
    missing = []
    for model in found:
        declared = vars(model).get("PERSONAL")
        named = declared.named if declared else set()
        missing += [
            f"{model._meta.label}.{field.name}"
            for field in model._meta.local_fields
            if field.name not in named and (is_personal(field) or holds_words(field))
        ]
    return [name for name in missing if name not in IMPERSONAL]


def test_every_field_for_a_person_and_every_text_is_declared_beside_it():
    assert undeclared(model for model in apps.get_models() if model._meta.app_label in OURS) == []


def test_a_field_that_is_not_declared_is_found():
    fields = {
        "email": models.EmailField(),
        "contact_phone": models.CharField(max_length=20),
        "text": models.TextField(),
        "secret": EncryptedTextField(),
        "owner": models.ForeignKey(User, models.PROTECT, related_name="+"),
        "nick_name": models.CharField(max_length=9),
        "count": models.IntegerField(),
        "code": models.CharField(max_length=9),
    }
    meta = type("Meta", (), {"app_label": "core", "apps": type(apps)()})
    model = type("Stray", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    found = {name.rpartition(".")[2] for name in undeclared([model])}
    assert found == {"email", "contact_phone", "text", "secret", "owner", "nick_name"}
    model.PERSONAL = Personal(kept_as="CASE", fields={"email": "", "contact_phone": ""}, mentions=("text",))
    assert {name.rpartition(".")[2] for name in undeclared([model])} == {"secret", "owner", "nick_name"}


def test_what_is_called_impersonal_exists():
    for name in IMPERSONAL:
        label, _, field = name.rpartition(".")
        assert apps.get_model(label)._meta.get_field(field)


def test_what_is_declared_exists_and_can_be_erased(policy):
    days = policy[Retention].root
    for model, personal in inventory():
        for name in personal.named | ({personal.since} - {""}):
            assert model._meta.get_field(name.partition("__")[0]), (model, name)
        assert personal.kept_as in days
        for name, blank in personal.fields.items():
            field = model._meta.get_field(name)
            assert blank is not None or field.null
            assert not field.is_relation or field.related_model is StoredFile
        assert not personal.salts or set(personal.mentions) <= {f.name for f in model._meta.local_fields}


@pytest.mark.parametrize(
    ("text", "finds", "leaves"),
    [
        (
            "kim@test.klean",
            ["To KIM@test.klean.", "kim@test.klean으로 연락"],
            ["jkim@test.klean", "kim@test.kleaner"],
        ),
        ("Kim  Jiwoo", ["kim jiwoo said", "KIM\nJIWOO"], ["Kim Jiwoong", "akim jiwoo"]),
        ("김지우", ["구매자 김지우가 말했다", "고객김지우"], ["김지훈"]),
        (
            "010-1234-5678",
            ["call 01012345678", "010 1234 5678", "(010)1234-5678"],
            ["0101234567", "9010123456781"],
        ),
        ("서울 마포구 양화로 1", ["주소: 서울  마포구 양화로 1"], ["서울 마포구 양화로 12"]),
        ("A+ (plus)", ["an A+ (plus) there"], ["A plus"]),
        ('Kim "Jay" Woo', ['says Kim "Jay" Woo'], ["Kim Jay Woo"]),
    ],
)
def test_a_person_is_found_in_texts_as_written_and_not_in_other_words(text, finds, leaves):
    pattern = re.compile(pattern_of(text), re.IGNORECASE)
    assert [one for one in finds if not pattern.search(one)] == []
    assert [one for one in leaves if pattern.search(one)] == []


@pytest.mark.parametrize("name", ["Kim Jiwoo", 'Kim "Jay" Woo', "Kim\\Jiwoo", "kim@test.klean"])
@pytest.mark.parametrize("text", ["%s", "The facts\n%s\nwrote it", "by\t%s:", '"%s"'])
def test_a_person_is_found_in_a_column_of_json_wherever_lines_break(db, name, text):
    pattern, texts = pattern_of(name), {"en": text % name, "ko": text % name.replace(" ", "\n")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text, %s::jsonb::text ~* %s", [*[json.dumps(texts)] * 2, pattern])
        written, is_found = cursor.fetchone()

    assert is_found
    left = json.loads(re.sub(pattern, "[erased]", written, flags=re.IGNORECASE))
    assert left == dict.fromkeys(texts, text % "[erased]")


def test_what_is_too_short_means_nobody():
    assert patterns_of(["", " ", "K"]) == ""


def test_only_addresses_and_numbers_reach_one_person():
    assert [is_contact(text) for text in ("a@b.kr", "010-1234-5678", "Kim Jiwoo", "서울 1")] == [
        True,
        True,
        False,
        False,
    ]
