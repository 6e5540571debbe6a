from django.urls import path

from brands import views

pages = [
    path("rights/", views.home, name="home"),
    path("rights/ip-rights/new", views.create_ip_right, name="create_ip_right"),
    path("rights/brands/new", views.create_brand, name="create_brand"),
    path("rights/brands/<int:brand_id>", views.show_brand, name="brand"),
    path("rights/brands/<int:brand_id>/details", views.change_details, name="details"),
    path("rights/brands/<int:brand_id>/references", views.create_reference, name="create_reference"),
    path("rights/references/<int:reference_id>/picture", views.show_reference, name="reference"),
    path("rights/references/<int:reference_id>/retirements", views.retire, name="retire"),
]
