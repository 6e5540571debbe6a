"""The marketplace's machines: offers in, verdicts out."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from klean.core.web.idempotency import idempotent
from klean.core.web.paging import page_of
from klean.core.web.permissions import allow, api_actor
from klean.core.web.throttling import ClientThrottle
from listings.actions.upserts import Upserted, upsert_listings
from listings.forms import read_row, with_addresses
from listings.judging.judge import judge_now
from listings.models import Listing, ListingPicture, Screening
from listings.queries.catalogue import (
    STAFF,
    listing_called,
    pictures_of,
    screenings_of,
    verdict_screening,
)
from listings.rules.rows import BadRow, ListingRow

MAX_OFFERS = 1000
REFUSALS = {
    "unknown_seller": {"seller_id": ["No seller is registered under this id."]},
    "repeated": {"id": ["An earlier row of this batch has the same id; this one was left out."]},
}


class OfferSerializer(serializers.Serializer[Any]):
    """Google Merchant product data; fields that are not named here are kept as attributes."""

    id = serializers.CharField()
    seller_id = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField(required=False)
    link = serializers.URLField(required=False)
    image_link = serializers.URLField(required=False)
    additional_image_link = serializers.ListField(child=serializers.URLField(), required=False)
    price = serializers.CharField(required=False, help_text="`129000 KRW`, or a number with `currency`")
    sale_price = serializers.CharField(required=False)
    currency = serializers.CharField(required=False)
    brand = serializers.CharField(required=False)
    product_type = serializers.CharField(required=False)
    google_product_category = serializers.CharField(required=False)
    condition = serializers.ChoiceField(["new", "used", "refurbished"], required=False)


class UpsertedSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    screening = serializers.IntegerField(help_text="the run that will judge it")
    outcome = serializers.ChoiceField(["created", "changed", "unchanged", "stopped"])


class RowSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(allow_null=True)
    screening = serializers.IntegerField(required=False)
    outcome = serializers.ChoiceField(["created", "changed", "unchanged", "stopped", "refused"])
    errors = serializers.DictField(required=False)  # type: ignore[assignment]


class SignalSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    brand = serializers.CharField()
    value = serializers.FloatField()
    evidence = serializers.DictField()


class VerdictSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    verdict = serializers.ChoiceField(["clear", "review", "block"])
    score = serializers.FloatField()
    signals = SignalSerializer(many=True)
    policy_version = serializers.CharField()
    model_version = serializers.CharField()


class CreateListing(APIView):
    permission_classes = [allow(scope="listings:write")]
    throttle_classes = [ClientThrottle]

    @extend_schema(request=OfferSerializer, responses={202: UpsertedSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        """Take one offer in, new or changed; it is screened at once, in the background."""
        done = upsert_listings([_row(request.data)], at=timezone.now(), actor=api_actor(request))[0]
        if done.outcome in REFUSALS:
            raise ValidationError(REFUSALS[done.outcome])
        return Response(_row_result(done), status=202)


class CreateListings(APIView):
    permission_classes = [allow(scope="listings:write")]
    throttle_classes = [ClientThrottle]

    class CreateListingsInput(serializers.Serializer[Any]):
        listings = OfferSerializer(many=True, help_text=f"at most {MAX_OFFERS}")

    class CreateListingsOutput(serializers.Serializer[Any]):
        results = RowSerializer(many=True)

    @extend_schema(request=CreateListingsInput, responses={202: CreateListingsOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        """Take up to 1,000 offers in; each is answered in its place, and a wrong one does not stop the others."""
        given = request.data.get("listings") if isinstance(request.data, dict) else None
        if not isinstance(given, list) or not 1 <= len(given) <= MAX_OFFERS:
            raise ValidationError({"listings": [f"A list of 1 to {MAX_OFFERS:,} offers."]})
        read = [_read(offer) for offer in given]
        sound = [row for row in read if isinstance(row, ListingRow)]
        done = iter(upsert_listings(sound, at=timezone.now(), actor=api_actor(request)))
        results = [
            _row_result(next(done)) if isinstance(row, ListingRow) else _refused(offer, row)
            for offer, row in zip(given, read, strict=True)
        ]
        return Response({"results": results}, status=202)


class CreateScreening(APIView):
    permission_classes = [allow(scope="screenings:write")]
    throttle_classes = [ClientThrottle]

    @extend_schema(request=OfferSerializer, responses=VerdictSerializer)
    def post(self, request: Request) -> Response:
        """Judge one offer now, before it is published; nothing is stored."""
        row = _row(request.data)
        return Response({"id": row.external_id} | judge_now(row, at=timezone.now()).as_json())


class ShowListing(APIView):
    permission_classes = [allow(roles=set(STAFF), scope="listings:read")]

    class ShowListingOutput(serializers.Serializer[Any]):
        id = serializers.CharField()
        seller_id = serializers.CharField()
        title = serializers.CharField()
        state = serializers.ChoiceField(Listing.State.choices)
        state_reason = serializers.CharField()
        revision = serializers.IntegerField()
        judged_revision = serializers.IntegerField(allow_null=True)
        verdict = serializers.CharField()
        score = serializers.FloatField(allow_null=True)
        signals = SignalSerializer(many=True)
        pictures = serializers.ListField(child=serializers.DictField())
        first_seen_at = serializers.DateTimeField()
        changed_at = serializers.DateTimeField()

    @extend_schema(responses=ShowListingOutput)
    def get(self, request: Request, external_id: str) -> Response:
        """A listing's state with the verdict that it stands on."""
        listing = listing_called(external_id)
        run = verdict_screening(listing)
        return Response(
            {
                "id": listing.external_id,
                "seller_id": listing.seller.external_id,
                "title": listing.title,
                "state": listing.state,
                "state_reason": listing.state_reason,
                "revision": listing.revision,
                "judged_revision": listing.judged_revision,
                "verdict": listing.verdict,
                "score": listing.score,
                "signals": run.signals if run else [],
                "pictures": [_picture(one) for one in pictures_of(listing)],
                "first_seen_at": listing.first_seen_at,
                "changed_at": listing.changed_at,
            }
        )


class ListScreenings(APIView):
    permission_classes = [allow(roles=set(STAFF), scope="listings:read")]

    class ListScreeningsOutput(serializers.Serializer[Any]):
        results = VerdictSerializer(many=True)
        next = serializers.CharField(allow_null=True)

    @extend_schema(responses=ListScreeningsOutput)
    def get(self, request: Request, external_id: str) -> Response:
        """The runs over a listing, newest first."""
        page = page_of(
            screenings_of(listing_called(external_id)),
            order=("-id",),
            after=request.query_params.get("cursor", ""),
        )
        return Response({"results": [_run(run, external_id) for run in page], "next": page.next or None})


def _row(data: Any) -> ListingRow:
    read = _read(data)
    if isinstance(read, dict):
        raise ValidationError({name: [text] for name, text in read.items()})
    return read


def _read(data: Any) -> ListingRow | dict[str, str]:
    """A sound row, or what is wrong with it by field."""
    if not isinstance(data, Mapping):
        return {"": "must be an object"}
    try:
        return with_addresses(read_row(data), images=None)
    except BadRow as error:
        return error.errors


def _row_result(done: Upserted) -> dict[str, Any]:
    if done.outcome in REFUSALS:
        return {"id": done.external_id, "outcome": "refused", "errors": REFUSALS[done.outcome]}
    return {"id": done.external_id, "screening": done.screening_id, "outcome": done.outcome}


def _refused(offer: Any, errors: dict[str, str]) -> dict[str, Any]:
    name = offer.get("id") if isinstance(offer, Mapping) else None
    return {"id": name, "outcome": "refused", "errors": {name: [text] for name, text in errors.items()}}


def _run(run: Screening, external_id: str) -> dict[str, Any]:
    return {
        "id": external_id,
        "screening": run.pk,
        "revision": run.revision,
        "state": run.state,
        "verdict": run.verdict,
        "score": run.score,
        "signals": run.signals,
        "policy_version": run.policy_version,
        "model_version": run.model_version,
        "queued_at": run.queued_at,
        "finished_at": run.finished_at,
    }


def _picture(picture: ListingPicture) -> dict[str, Any]:
    return {"position": picture.position, "address": picture.address, "fault": picture.fault}
