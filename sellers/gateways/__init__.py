from sellers.gateways.tax_office import BusinessReply, Identity, Silent, TaxOffice, tax_office

__all__ = ["BusinessReply", "Identity", "Silent", "TaxOffice", "tax_office"]
