from sellers.models.authorisations import BrandAuthorisation, ListedSeller
from sellers.models.identity import DocumentReading, PayoutAccount, SalesPermit
from sellers.models.links import SellerCluster, SellerTrait
from sellers.models.shops import BusinessRecord, Seller, TraderEntity

__all__ = [
    "BrandAuthorisation",
    "BusinessRecord",
    "DocumentReading",
    "ListedSeller",
    "PayoutAccount",
    "SalesPermit",
    "Seller",
    "SellerCluster",
    "SellerTrait",
    "TraderEntity",
]
