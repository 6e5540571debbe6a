import pytest

from tests.make.policies import faults, line_with, policy_text

COUNTERFEIT = 'code = "COUNTERFEIT"\n'


@pytest.mark.parametrize(
    ("before", "after", "line", "fault"),
    [
        (
            "listings_per_notice = 300",
            'listings_per_notice = "300"',
            'listings_per_notice = "300"',
            "listings_per_notice: a whole number is needed",
        ),
        (COUNTERFEIT, "", "[[reports.reasons]]", "reasons[0].code: this setting is missing"),
        (
            'code = "BRAND_MISUSE"',
            COUNTERFEIT,
            COUNTERFEIT.strip(),
            "reasons[0].code: COUNTERFEIT is there twice",
        ),
        (
            'words.en = "It is a fake of a branded product"\n',
            "",
            "words.ko",
            "reasons[0].words: the words in en are missing",
        ),
        ("ADMITTED = 8\n", "", "[reports.clocks]", "clocks.ADMITTED: this setting is missing"),
        ("RESTRICTION = 30,", "", "days = { WARNING", "misuse.days.RESTRICTION: this setting is missing"),
        (
            'documents = ["INVOICE", "CUSTOMS"]',
            'documents = ["PASSPORT"]',
            "PASSPORT",
            "counter.grounds[2].documents: PASSPORT is not one of the documents above",
        ),
        (
            "explanation_characters = 30",
            "explanation_characters = 6000",
            "explanation_characters = 6000",
            "explanation_characters: 6000 must be at most 5000, the value of explanation_limit",
        ),
    ],
)
def test_a_fault_of_the_reports_is_named_with_its_line(before, after, line, fault):
    text = policy_text((before, after))

    found = faults(text)

    assert found[0] == f"line {line_with(line, text)}: reports.{fault}"
