from django.urls import path

from listings import api as operations
from listings.views import catalogue, screening

pages = [
    path(
        "desk/listings/<path:external_id>/pictures/<int:picture_id>", catalogue.show_picture, name="picture"
    ),
    path("desk/listings/<path:external_id>", catalogue.show_listing, name="listing"),
    path("desk/screening/", screening.show_screening, name="screening"),
    path("desk/screening/promotions", screening.create_promotion, name="promotions"),
    path("desk/screening/sweeps/", screening.list_sweeps, name="sweeps"),
    path("desk/screening/sweeps/<int:sweep_id>", screening.show_sweep, name="sweep"),
    path("desk/screening/sweeps/<int:sweep_id>/answers", screening.create_answer, name="sweep_answers"),
    path("desk/references/<int:reference_id>", catalogue.show_reference, name="reference"),
    path("desk/removed-pictures/<int:picture_id>", catalogue.show_removed_picture, name="removed_picture"),
    path("seller/listings/", catalogue.list_own_listings, name="own_listings"),
    path("seller/listings/<path:external_id>", catalogue.show_own_listing, name="own_listing"),
]
api = [
    path("listings", operations.CreateListing.as_view(), name="listings"),
    path("listings/batch", operations.CreateListings.as_view(), name="listings_batch"),
    path(
        "listings/<path:external_id>/screenings",
        operations.ListScreenings.as_view(),
        name="listing_screenings",
    ),
    path("listings/<path:external_id>", operations.ShowListing.as_view(), name="listing"),
    path("screenings", operations.CreateScreening.as_view(), name="screenings"),
]
