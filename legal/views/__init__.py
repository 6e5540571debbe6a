from legal.views import counsel, matters, requests, support

__all__ = ["counsel", "matters", "requests", "support"]
