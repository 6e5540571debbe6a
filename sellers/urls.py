from django.urls import path

from sellers.views import desk, identity, rights, shops

pages = [
    path("seller/", shops.home, name="home"),
    path("seller/authorisations/new", shops.create_authorisation, name="create_authorisation"),
    path("seller/authorisations/<int:authorisation_id>", shops.show_authorisation, name="authorisation"),
    path("seller/authorisations/<int:authorisation_id>/document", shops.show_document, name="document"),
    path("seller/authorisations/<int:authorisation_id>/documents", shops.create_document, name="documents"),
    path(
        "seller/authorisations/<int:authorisation_id>/submissions",
        shops.create_submission,
        name="submissions",
    ),
    path("seller/<int:seller_id>/payouts", identity.payouts, name="payouts"),
    path("seller/payouts/<int:payout_id>/cancellations", identity.cancel_payout, name="payout_cancellations"),
    path("seller/<int:seller_id>/permits", identity.permits, name="permits"),
    path("seller/authorisations/<int:authorisation_id>/answers", shops.create_answer, name="answers"),
    path(
        "seller/authorisations/<int:authorisation_id>/withdrawals",
        shops.create_withdrawal,
        name="withdrawals",
    ),
    path("rights/sellers/", rights.list_sellers, name="authorised_sellers"),
    path("rights/sellers/<int:authorisation_id>/revocations", rights.create_revocation, name="revocations"),
    path("rights/sellers/<int:authorisation_id>/answers", rights.create_answer, name="holder_answers"),
    path("rights/sellers/<int:authorisation_id>/document", rights.show_document, name="holder_document"),
    path("rights/brands/<int:brand_id>/sellers", rights.change_list, name="list"),
    path("desk/sellers/returned", desk.list_returned, name="returned"),
    path("desk/sellers/<int:seller_id>/links", desk.show_links, name="links"),
    path("desk/authorisations/<int:authorisation_id>/ticks", desk.create_ticks, name="ticks"),
    path("desk/authorisations/", desk.list_authorisations, name="desk"),
    path("desk/authorisations/<int:authorisation_id>", desk.show_authorisation, name="review"),
    path("desk/authorisations/<int:authorisation_id>/document", desk.show_document, name="desk_document"),
    path("desk/authorisations/<int:authorisation_id>/reviews", desk.create_review, name="reviews"),
    path("desk/authorisations/<int:authorisation_id>/decisions", desk.create_decision, name="decisions"),
]
