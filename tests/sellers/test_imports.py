import io
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from klean.core.events.models import Event
from sellers.actions.reviews import revoke_authorisation
from sellers.models import BrandAuthorisation, Seller
from sellers.queries.shops import authorised_brands
from tests import make
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.usefixtures("policy")
SELLERS = "seller_id,name,business_registration_number,country,joined_at\n"
LETTERS = "seller_id,brand,valid_from,valid_until,territory\n"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def command(sellers, letters=None):
        Path("sellers.csv").write_text(SELLERS + sellers)
        options = {}
        if letters is not None:
            Path("letters.csv").write_text(LETTERS + letters)
            options = {"authorisations": Path("letters.csv")}
        out = io.StringIO()
        with time_machine.travel(NOON, tick=False):
            call_command("import_sellers", Path("sellers.csv"), stdout=out, **options)
        return out.getvalue().splitlines(), capsys.readouterr().err.splitlines()

    return command


def test_sellers_and_what_they_may_sell_are_imported_and_again_change_nothing(run):
    brand = make.brand()
    sellers = "s-1,달빛상회,116-82-00276,KR,2024-05-01\ns-2,Moonlight,,CN,2024-05-01T09:00:00+09:00\n"
    letters = "s-1,Haneul,2026-01-01,2026-12-31,KR|JP\ns-2,Haneul,2026-01-01,2026-12-31,\n"

    first, _ = run(sellers, letters)
    events = Event.objects.count()
    again, _ = run(sellers, letters)

    assert first == [
        "Sellers: 2 new, 0 changed, 0 same, 0 bad rows left out",
        "Authorisations: 2 new, 0 changed, 0 same, 0 bad rows left out",
    ]
    assert again == [line.replace("2 new", "0 new").replace("0 same", "2 same") for line in first]
    assert Event.objects.count() == events
    one, two = Seller.objects.order_by("external_id")
    assert one.trader_entity.business_registration_number == "1168200276"
    assert (two.trader_entity, two.country) == (None, "CN")
    assert authorised_brands([one.pk, two.pk], on=date(2026, 3, 2)) == {
        one.pk: {brand.pk},
        two.pk: {brand.pk},
    }


def test_bad_rows_are_named_and_the_rest_is_imported(run):
    make.brand()
    sellers = (
        "s-1,Moonlight,116-82-00278,KR,\n"
        "s-2,Moonlight,12345,KR,\n"
        ",Moonlight,,KR,\n"
        "s-3,,,KR,\n"
        "s-4,Moonlight,,KR,yesterday\n"
        "s-5,Kim 900101-1234567,,KR,\n"
        "s-6,Good,,KR,\n"
        "s-6,Twice,,KR,\n"
    )
    letters = (
        "s-99,Haneul,2026-01-01,2026-12-31,KR\n"
        "s-6,Nothing Known,2026-01-01,2026-12-31,KR\n"
        "s-6,Haneul,2026-12-31,2026-01-01,KR\n"
        "s-6,Haneul,2025-01-01,2025-12-31,KR\n"
        "s-6,Haneul,,2026-12-31,KR\n"
        "s-6,Haneul,2026-01-01,2026-12-31,Atlantis\n"
        "s-6,Haneul,2026-01-01,2026-12-31,KR\n"
        "s-6,Haneul,2026-01-01,2027-12-31,KR\n"
    )

    out, err = run(sellers, letters)

    assert Seller.objects.get().name == "Good"
    assert out[0].endswith("7 bad rows left out")
    assert out[1] == "Authorisations: 1 new, 0 changed, 0 same, 7 bad rows left out"
    errors = "\n".join(err)
    for words in (
        "sellers.csv, line 2: The check digit",
        "sellers.csv, line 3: A business registration number has ten digits",
        "sellers.csv, line 4: seller_id is missing",
        "sellers.csv, line 5: name is missing",
        "sellers.csv, line 6: joined_at is 'yesterday'",
        "sellers.csv, line 7: This looks like a resident registration number",
        "sellers.csv, line 9: seller_id 's-6' was already on line 8",
        "letters.csv, line 2: seller_id 's-99' is not registered",
        "letters.csv, line 3: brand 'Nothing Known' is not registered",
        "letters.csv, line 4: valid_until 2026-01-01 lies before valid_from 2026-12-31",
        "letters.csv, line 5: valid_until 2025-12-31 has passed",
        "letters.csv, line 6: valid_from and valid_until are needed",
        "letters.csv, line 7: territory is 'Atlantis'",
        "letters.csv, line 9: seller_id, brand, valid_from 's-6",
    ):
        assert words in errors


def test_a_file_changes_the_end_of_what_is_in_force_but_brings_nothing_back(run):
    make.brand()
    run("s-1,Moonlight,,KR,\n", "s-1,Haneul,2026-01-01,2026-12-31,KR\n")

    out, _ = run("s-1,Moonlight,,KR,\n", "s-1,Haneul,2026-01-01,2026-06-30,KR\n")
    assert out[1].startswith("Authorisations: 0 new, 1 changed")
    letter = BrandAuthorisation.objects.get()
    assert letter.valid_until == date(2026, 6, 30)

    revoke_authorisation(letter, reasons="Ended.", at=NOON, actor=TESTER)
    out, _ = run("s-1,Moonlight,,KR,\n", "s-1,Haneul,2026-01-01,2026-12-31,KR\n")

    assert out[1].startswith("Authorisations: 0 new, 0 changed, 1 same")
    assert BrandAuthorisation.objects.get().state == "REVOKED"
