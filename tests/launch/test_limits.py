"""Bodies and secrets."""

import threading

from klean.settings.secrets import kept_secrets

TOO_MUCH = 13 * 1024 * 1024


def test_an_overlong_api_call_is_refused_as_a_problem(client):
    answer = client.generic("POST", "/api/v1/listings", b"", CONTENT_LENGTH=str(TOO_MUCH))

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "12 MB" in answer.json()["detail"]


def test_an_overlong_form_is_refused_in_words(client):
    answer = client.generic("POST", "/report", b"", CONTENT_LENGTH=str(TOO_MUCH), HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 413
    assert "12 MB" in answer.content.decode()


def test_a_length_that_is_no_number_is_refused(client):
    assert client.generic("POST", "/report", b"", CONTENT_LENGTH="-1").status_code == 413


def test_two_first_runs_end_with_the_same_secrets(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(kept_secrets(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert all(secret == found[0] for secret in found)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
