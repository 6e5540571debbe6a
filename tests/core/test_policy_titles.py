"""What a policy sets is said in words: no reader of its pages meets a key or a code of the file."""

from typing import get_args

from django.utils.translation import override
from pydantic import BaseModel

from klean.core.policy.rules.sections import sections
from klean.core.policy.titles import settings_of, title_of


def untitled(model):
    fields = {name: field for name, field in model.model_fields.items() if name != "root"}
    own = [name for name, field in fields.items() if not (field.title or models_in(field.annotation))]
    inner = [one for field in model.model_fields.values() for one in models_in(field.annotation)]
    return own + [name for one in inner for name in untitled(one)]


def models_in(shape):
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return [shape]
    return [model for one in get_args(shape) for model in models_in(one)]


def test_every_section_and_every_setting_has_a_title():
    for name, model in sections().items():
        assert model.model_config.get("title"), name
        assert untitled(model) == [], name


def shown(section, content):
    return [(one.title, one.value) for one in settings_of(section, content)]


def test_codes_are_said_in_words_and_numbers_as_people_write_them():
    approval = {"rungs": ["SUSPENSION", "CLOSURE"], "money_from": 1_000_000, "authorised_sellers": True}
    assert shown("decisions", {"approval": approval}) == [
        ("Approval of decisions › Sanctions that need approval", "Suspension, Closure"),
        ("Approval of decisions › Amounts that need approval, from (KRW)", "1,000,000"),
        ("Approval of decisions › Approval for decisions against authorised sellers", "Yes"),
    ]
    assert title_of("ladder", "severities", "SERIOUS") == "Penalty ladder › Severities › Serious"


def test_entries_of_a_list_go_by_their_words_and_refer_to_each_other_by_them():
    with override("ko"):
        documents = [{"code": "OWN", "words": {"en": "Own design", "ko": "직접 만든 자료"}}]
        grounds = [
            {"code": "OWN", "documents": ["OWN"], "words": {"en": "It is mine", "ko": "제 디자인이에요"}}
        ]
        found = settings_of("reports", {"counter": {"documents": documents, "grounds": grounds}})

    by_key = {one.key: one for one in found}
    assert by_key["counter.grounds[OWN].documents"].value == "직접 만든 자료"
    assert "제 디자인이에요" in by_key["counter.grounds[OWN].documents"].title
    assert by_key["counter.grounds[OWN].code"].is_code
    assert by_key["counter.grounds[OWN].words.en"].language == "en"


def test_what_no_release_reads_any_more_is_still_said():
    assert shown("faxes", {"per_day": 3}) == [("Per day", "3")]
    assert shown("refunds", {"max_faxes": 3}) == [("Max faxes", "3")]
