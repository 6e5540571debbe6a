from django.urls import path

from brands.views import desk, home

pages = [
    path("rights/applications/new", home.create_application, name="create_application"),
    path("desk/rights-holders/", desk.list_applications, name="applications"),
    path("desk/rights-holders/<int:holder_id>/power", desk.show_power, name="power"),
    path("desk/rights-holders/<int:holder_id>/verifications", desk.create_verification, name="verifications"),
    path("desk/ip-rights/<int:right_id>/evidence", desk.show_evidence, name="evidence"),
    path("desk/ip-rights/<int:right_id>/judgements", desk.create_judgement, name="judgements"),
    path("rights/", home.home, name="home"),
    path("rights/ip-rights/new", home.create_ip_right, name="create_ip_right"),
    path("rights/brands/new", home.create_brand, name="create_brand"),
    path("rights/brands/<int:brand_id>", home.show_brand, name="brand"),
    path("rights/brands/<int:brand_id>/details", home.change_details, name="details"),
    path("rights/brands/<int:brand_id>/ties", home.create_ties, name="ties"),
    path("rights/brands/<int:brand_id>/references", home.create_reference, name="create_reference"),
    path("rights/references/<int:reference_id>/picture", home.show_reference, name="reference"),
    path("rights/references/<int:reference_id>/retirements", home.retire, name="retire"),
]
