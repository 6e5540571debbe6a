"""The demo marketplace: honest by the rules it is measured by, whole after one start, the same after the second."""

import json
import socket

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client
from rest_framework.test import APIClient

from brands.models import Brand
from demo.drawing import crop_of, jpeg_of, photograph, recompressed
from demo.offers import DOUBTFUL, HONEST, offers, official_photos
from demo.people import account
from demo.world import demo_brands, shops
from enforcement.appeals.models import Appeal
from enforcement.cases.models import Case
from enforcement.decisions.models import Decision
from klean.core.access.models import User
from klean.core.events.models import Event
from klean.core.rows.validators import business_number
from klean.core.webhooks.models import WebhookEndpoint
from listings.models import Listing
from mystery_shop.models import TestPurchase
from refunds.models.claims import RefundClaim
from screening.images.match import RADIUS
from screening.images.pdq import pdq_of
from sellers.models import BrandAuthorisation, Seller


def distance(one: bytes, other: bytes) -> int:
    hashes = [np.frombuffer(pdq_of(data).hash, np.uint8) for data in (one, other)]
    return int(np.unpackbits(hashes[0] ^ hashes[1]).sum())


def test_the_catalogue_is_the_same_every_time_and_mostly_honest():
    first, second = list(offers(HONEST | DOUBTFUL)), list(offers(HONEST | DOUBTFUL))

    assert first == second
    assert len({offer.external_id for offer in first}) == len(first) == 402
    assert sum(HONEST.values()) > 3 * sum(DOUBTFUL.values())


def test_every_shop_has_a_business_number_of_its_own_with_a_right_check_digit():
    numbers = [business_number(shop.business_number) for shop in shops()]
    assert len(set(numbers)) == len(numbers) == 25


def test_a_copy_of_an_official_picture_is_near_it_and_a_shops_own_picture_is_not():
    brand = demo_brands()[0]
    official = [photograph(photo) for photo in official_photos(brand)]
    own = [photograph(offer.photo) for offer in offers({"authorised": 12})]

    for picture in official:
        whole = jpeg_of(picture)
        assert distance(whole, recompressed(picture)) <= RADIUS
        assert distance(whole, crop_of(picture)) <= RADIUS
        assert all(distance(whole, jpeg_of(other)) > RADIUS for other in own)


@pytest.fixture
def state(settings, tmp_path, policy):
    """A state folder of its own, and a port for the marketplace."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    settings.KLEAN_STATE, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.KLEAN_ORDERS_URL = settings.KLEAN_PAYMENTS_URL = f"http://{address}"
    settings.KLEAN_TRUSTED_HOSTS, settings.KLEAN_GATEWAY_TOKEN = [address], "open sesame"
    return tmp_path


def written_demo(state):
    return json.loads((state / "demo.json").read_text())


@pytest.mark.django_db
def test_one_start_loads_all_of_it_and_the_second_keeps_it(state, settings):
    call_command("load_demo")
    demo = written_demo(state)

    assert demo.keys() == {"url", "password", "accounts", "api_key", "samples"}
    assert len(demo["accounts"]) == 10
    for email in demo["accounts"].values():
        assert Client().login(email=email, password=demo["password"])
    assert (state / "demo.json").stat().st_mode & 0o777 == 0o600
    assert_samples(demo)
    assert_everybody_has_something_to_do()

    before = Event.objects.count(), Listing.objects.count(), User.objects.count()
    call_command("load_demo")
    assert written_demo(state) == demo
    assert (Event.objects.count(), Listing.objects.count(), User.objects.count()) == before

    settings.KLEAN_ORDERS_URL, settings.KLEAN_URL = "http://127.0.0.1:9", "http://127.0.0.1:8"
    call_command("load_demo")
    assert written_demo(state) == demo | {"url": "http://127.0.0.1:8"}
    assert WebhookEndpoint.objects.get(disabled_at=None).url == "http://127.0.0.1:9/hooks"


def assert_samples(demo):
    samples = demo["samples"]
    api = APIClient(headers={"Authorization": f"Bearer {demo['api_key']}"})
    listing = api.get(f"/api/v1/listings/{samples['listing']}").json()
    assert (listing["state"], listing["seller_id"]) == ("LIVE", samples["seller"])
    brand = Brand.objects.get(name=samples["brand"])
    assert brand.protection == "GATED"
    seller = Seller.objects.get(external_id=samples["seller"])
    assert not BrandAuthorisation.objects.filter(seller=seller, brand=brand).exists()
    assert not RefundClaim.objects.filter(order=samples["order"]).exists()


def assert_everybody_has_something_to_do():
    standings = set(Seller.objects.values_list("standing", flat=True))
    assert standings == {"ACTIVE", "WARNED", "RESTRICTED", "SUSPENDED"}
    assert Appeal.objects.get().state == "SUBMITTED"
    shop = Seller.objects.get(organisation__memberships__user=account("seller"))
    assert Decision.objects.filter(seller=shop, appeal=None).exists()
    assert set(TestPurchase.objects.values_list("state", flat=True)) == {
        "PLANNED",
        "APPROVED",
        "ORDERED",
        "SEALED",
        "OPENED",
        "JUDGED",
    }
    assert set(RefundClaim.objects.values_list("state", flat=True)) == {"REFUNDED", "ABUSE_HOLD"}
    assert Case.objects.filter(state__in=Case.PENDING).count() > 30
    honest = {offer.external_id for offer in offers(HONEST)}
    assert set(Listing.objects.filter(external_id__in=honest).values_list("verdict", flat=True)) == {"clear"}
