"""A small marketplace that speaks both protocols of docs/gateways.md, for demo and tests; it can misbehave on demand.

It also receives webhooks at ``/hooks``, signed after the Standard Webhooks specification, each event once.

``python -m refunds.gateways.fake_marketplace --port 8090 --state orders.json``
"""
