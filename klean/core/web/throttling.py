"""How often one client may ask."""

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class ClientThrottle(SimpleRateThrottle):
    """Counts by client, not by address, so that two partners behind one address do not slow each other."""

    scope = "client"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        ident = getattr(request.user, "pk", None) or self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}
