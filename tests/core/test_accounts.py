"""How people prove who they are."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from klean.core.access.accounts import STAFF
from klean.core.access.models import Role

PASSWORD = "a long enough password"
OTHERS = sorted(set(Role) - set(STAFF))


@pytest.fixture(autouse=True)
def nothing_counted_yet(settings):
    settings.LANGUAGE_CODE = "en"
    cache.clear()


@pytest.mark.parametrize("role", STAFF)
def test_staff_set_up_a_second_factor_before_anything_else(role, person, browser_of, settings):
    settings.KLEAN_STAFF_MFA = True
    user = person(role)
    browser = browser_of(user)

    assert browser.get("/")["Location"] == reverse("mfa_index")
    assert browser.get("/api/v1/events").status_code == 403
    assert browser.get(reverse("account_logout")).status_code == 200

    TOTP.activate(user, generate_totp_secret())
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("role", OTHERS)
def test_others_choose_a_second_factor_themselves(role, person, browser_of, settings):
    settings.KLEAN_STAFF_MFA = True

    assert browser_of(person(role)).get("/").status_code == 200


def test_a_second_factor_is_asked_at_the_door_and_kept_encrypted(person, settings):
    user, secret = person("moderator"), generate_totp_secret()
    TOTP.activate(user, secret)
    browser = Client()

    response = browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert browser.get("/desk/").status_code == 302
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_passkeys_are_offered(person, browser_of):
    browser = browser_of(person("moderator"))
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200


@pytest.mark.parametrize("weak", ["password123456", "123456789012", "moderator@test"])
def test_a_common_password_is_refused(weak, person, browser_of):
    user = person("moderator")
    browser = browser_of(user)

    passwords = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert browser.post(reverse("account_change_password"), passwords).status_code == 200

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_failed_logins_are_slowed_down(person):
    user, browser = person("seller"), Client()
    wrong = {"login": user.email, "password": "a wrong password!"}

    answers = [browser.post(reverse("account_login"), wrong).content.decode() for _ in range(8)]

    assert "Too many" in answers[-1]
    right = {"login": user.email, "password": PASSWORD}
    assert browser.post(reverse("account_login"), right).status_code == 200


def test_a_session_elsewhere_is_listed_and_ended(person):
    user, here, there = person("seller"), Client(), Client()
    for browser in (here, there):
        assert (
            browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}).status_code
            == 302
        )
        browser.get("/seller/")
    assert UserSession.objects.filter(user=user).count() == 2

    here.post(reverse("usersessions_list"))

    assert there.get("/seller/").status_code == 302
    assert here.get("/seller/").status_code == 200
