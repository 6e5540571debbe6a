from django.urls import path

from listings import api as operations
from listings import views

pages = [
    path("desk/listings/<path:external_id>/pictures/<int:picture_id>", views.show_picture, name="picture"),
    path("desk/listings/<path:external_id>", views.show_listing, name="listing"),
    path("desk/references/<int:reference_id>", views.show_reference, name="reference"),
    path("desk/removed-pictures/<int:picture_id>", views.show_removed_picture, name="removed_picture"),
    path("seller/listings/", views.list_own_listings, name="own_listings"),
    path("seller/listings/<path:external_id>", views.show_own_listing, name="own_listing"),
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
