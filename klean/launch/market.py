"""The demo's marketplace, which speaks the protocols of docs/gateways.md at the port next to ours."""

from klean.launch.state import State


def market_port(port: int) -> int:
    return port + 1 if port < 65535 else port - 1


def market_command(state: State, port: int) -> list[str]:
    """How it is started on what the demo has written down for it."""
    home = state.folder / "marketplace"
    files = {"--state": "orders.json", "--secrets": "secrets.json", "--hooks": "hooks.jsonl"}
    return [
        "refunds.gateways.fake_marketplace",
        "--port",
        str(market_port(port)),
        *(part for option, name in files.items() for part in (option, str(home / name))),
    ]
