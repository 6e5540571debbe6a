"""The API's description says of every call what it refuses, as it answers it."""

from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def calls() -> dict[tuple[str, str], dict[str, Any]]:
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    return {(method, path): call for path, calls in paths.items() for method, call in calls.items()}


@pytest.mark.parametrize(
    ("method", "path", "statuses"),
    [
        ("get", "/api/v1/statements-of-reasons", {"200", "422"}),
        ("get", "/api/v1/listings/{external_id}", {"200", "401", "403", "404"}),
        ("post", "/api/v1/listings", {"202", "400", "401", "403", "409", "415", "422", "429"}),
        (
            "post",
            "/api/v1/cases/{case_id}/decisions",
            {"201", "400", "401", "403", "404", "409", "415", "422", "429"},
        ),
    ],
)
def test_a_call_lists_what_follows_from_its_permissions_address_body_and_throttle(
    calls, method, path, statuses
):
    assert set(calls[method, path]["responses"]) == statuses


def test_every_refusal_is_problem_json(calls):
    for call in calls.values():
        for status, answer in call["responses"].items():
            if status.startswith("4"):
                assert set(answer["content"]) == {"application/problem+json"}


def test_a_call_that_is_done_once_names_the_header_of_its_key(calls):
    named = {row["name"] for row in calls["post", "/api/v1/notices"]["parameters"]}

    assert "Idempotency-Key" in named
    assert "parameters" not in calls["post", "/api/v1/screenings"]


def test_the_description_is_made_without_a_guess(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))
