import argparse
import json
from pathlib import Path

from refunds.gateways.fake_marketplace.server import FakeMarketplace


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A marketplace for demo and tests.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--state", type=Path)
    parser.add_argument(
        "--hooks", type=Path, help="where to write down what webhooks bring, one event a line"
    )
    parser.add_argument("--secrets", type=Path, help='a JSON file: {"token": …, "hook_secret": …}')
    given = parser.parse_args()
    secrets = json.loads(given.secrets.read_text()) if given.secrets else {}
    market = FakeMarketplace(port=given.port, state=given.state, hooks=given.hooks, **secrets)
    try:
        market.server.serve_forever()
    except KeyboardInterrupt:
        market.server.server_close()


if __name__ == "__main__":
    main()
