"""Accepted notices a second, by the API's batch and the public form, and whether any is lost when all is killed.

    python -m bench.reports --seconds 20 --clients 4

Starts a server of its own (``python -m klean.launch`` in a throwaway state), files notices over HTTP as a marketplace's
machine and as strangers, then kills every process of it with SIGKILL, starts it again and looks for every notice
whose answer had arrived; one that is gone fails the run. In the same run, for comparison: as many clients that insert
one bare row after another into a table of the same PostgreSQL, each committed, and that ask the same servers for a view
that does nothing (``/healthz``).
"""

import argparse
import contextlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import requests

RESULT = Path(__file__).parent / "results" / "reports.json"
ROOT = Path(__file__).parent.parent
BATCH = 100
PREPARE = """
from django.utils import timezone
from klean.core.events.actors import Actor
from klean.core.access.actions import issue_key
from klean.core.access.models import Organisation
from listings.actions.upserts import upsert_listings
from listings.rules.rows import ListingRow
from sellers.actions.shops import NewSeller, register_sellers
at, actor = timezone.now(), Actor("system", "bench")
register_sellers([NewSeller(external_id="bench", name="Bench")], at=at, actor=actor)
for start in range(0, {listings}, 500):
    upsert_listings([ListingRow(external_id=f"bench-{{n}}", seller="bench", title=f"Plain tote {{n}}", price=9000)
                     for n in range(start, start + 500)], at=at, actor=actor)
market, _ = Organisation.objects.get_or_create(name="Bench market", kind="MARKETPLACE")
print("KEY", issue_key(market, "bench", ["notices:write", "notices:read"], at=at, actor=actor)[1])
"""
BARE = """
import threading, time, uuid
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (reference text PRIMARY KEY, words text)")
counts, until = [0] * {clients}, time.monotonic() + {seconds}
def insert(place):
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("INSERT INTO bench_bare VALUES (%s, %s)", [uuid.uuid4().hex, "x" * 200])
            counts[place] += 1
    connection.close()
threads = [threading.Thread(target=insert, args=(place,)) for place in range({clients})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("INSERTED", sum(counts))
"""
COUNT = """
import json
from reports.models.notices import Notice
wanted = set(json.load(open("{path}")))
print("FOUND", Notice.objects.filter(reference__in=wanted).count())
"""


class Server:
    """Klean as ``make demo`` starts it, in a state of its own."""

    def __init__(self, state: Path, port: int) -> None:
        self.env = os.environ | {"KLEAN_STATE": str(state), "PORT": str(port), "KLEAN_PROXIES": "1"}
        self.url = f"http://127.0.0.1:{port}"
        self.log = (state.parent / "bench.log").open("ab")

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "klean.launch", "--empty"],
            cwd=ROOT,
            env=self.env,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        until = time.monotonic() + 300
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if requests.get(f"{self.url}/readyz", timeout=2).ok:
                    return
            except requests.RequestException:
                time.sleep(0.5)
        raise SystemExit("the server did not come up; see bench.log")

    def kill(self) -> None:
        """SIGKILL for every process at once, the database too."""
        if self.process.poll() is not None:
            return
        doomed: list[Any] = [*psutil.Process(self.process.pid).children(recursive=True), self.process]
        for process in doomed:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()

    def run(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-c", code],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr


def batch_client(url: str, key: str, ids: list[str], accepted: list[str], until: float) -> None:
    """Files batches of a hundred notices, one listing each, until the time is up or the server is gone."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"
    for start in range(0, len(ids), BATCH):
        if time.monotonic() > until:
            return
        notices = [{"listings": [one], "reason": "COUNTERFEIT"} for one in ids[start : start + BATCH]]
        try:
            answer = session.post(
                f"{url}/api/v1/notices/batch",
                json={"notices": notices},
                timeout=60,
                headers={"Idempotency-Key": secrets.token_hex(16)},
            )
            results = answer.json()["results"]
        except (requests.RequestException, KeyError, ValueError):
            return
        accepted += [one["notice"]["id"] for one in results if one["status"] in {200, 201}]


def form_client(url: str, ids: list[str], accepted: list[str], until: float) -> None:
    """Fills in the public form as one stranger after another, each from an address of their own."""
    for listing in ids:
        if time.monotonic() > until:
            return
        session = requests.Session()
        session.headers["X-Forwarded-For"] = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"
        try:
            page = session.get(f"{url}/report", timeout=20).text
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            form = {
                "listing": listing,
                "reason": "COUNTERFEIT",
                "csrfmiddlewaretoken": token[1] if token else "",
            }
            answer = session.post(f"{url}/report", data=form, allow_redirects=False, timeout=20)
        except requests.RequestException:
            return
        found = re.match(r"/report/([A-Z0-9-]{23})", answer.headers.get("Location", ""))
        if found:
            accepted.append(found[1])


def view_client(url: str, answered: list[str], until: float) -> None:
    session = requests.Session()
    while time.monotonic() < until:
        answered.append(session.get(f"{url}/healthz", timeout=20).text)


def measured(clients: list[threading.Thread], accepted: list[str]) -> dict[str, Any]:
    start = time.monotonic()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seconds = time.monotonic() - start
    return {
        "accepted": len(accepted),
        "seconds": round(seconds, 2),
        "per_second": round(len(accepted) / seconds, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--listings", type=int, default=12_000)
    parser.add_argument("--port", type=int, default=8791)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="klean-bench-"))
    server = Server(folder / "state", given.port)
    server.start()
    try:
        found = run(server, folder, given)
        RESULT.write_text(json.dumps(found, indent=1) + "\n")
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
        if found["lost"]:
            sys.exit("notices were lost whose answer had arrived")
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def run(server: Server, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    found = re.search(r"KEY (\S+)", server.run(PREPARE.format(listings=given.listings)))
    if found is None:
        raise SystemExit("the catalogue could not be prepared")
    share = given.listings // (2 * given.clients)
    parts = [[f"bench-{n}" for n in range(at * share, (at + 1) * share)] for at in range(2 * given.clients)]
    first, second = parts[: given.clients], parts[given.clients :]
    batch: list[str] = []
    form: list[str] = []
    figures = {
        "batch": measured(clients(batch_client, first, server.url, found[1], batch, given), batch),
        "form": measured(clients(form_client, first, server.url, form, given), form),
        **peers(server, given),
    }
    last: list[str] = []
    killed = clients(batch_client, second, server.url, found[1], last, given)
    for thread in killed:
        thread.start()
    while not last and any(thread.is_alive() for thread in killed):
        time.sleep(0.05)
    server.kill()
    for thread in killed:
        thread.join()
    answered = [*batch, *form, *last]
    return figures | {
        "batch_to_bare_inserts": round(
            figures["batch"]["per_second"] / figures["bare_inserts_per_second"], 3
        ),
        "form_to_bare_view": round(figures["form"]["per_second"] / figures["bare_view"]["per_second"], 3),
        "answered_before_the_kill": len(batch) + len(form),
        "answered_while_it_was_killed": len(last),
        "lost": len(answered) - found_after(server, folder, answered),
    }


def clients(client: Any, parts: list[list[str]], url: str, *rest: Any) -> list[threading.Thread]:
    """A client for each part of the listings, who stops when the given seconds are over."""
    *arguments, given = rest
    until = time.monotonic() + given.seconds
    ahead = [url, *arguments[:-1]]
    return [threading.Thread(target=client, args=(*ahead, part, arguments[-1], until)) for part in parts]


def peers(server: Server, given: argparse.Namespace) -> dict[str, Any]:
    code = BARE.format(clients=given.clients, seconds=given.seconds)
    inserted = re.search(r"INSERTED (\d+)", server.run(code))
    answered: list[str] = []
    until = time.monotonic() + given.seconds
    views = [
        threading.Thread(target=view_client, args=(server.url, answered, until)) for _ in range(given.clients)
    ]
    return {
        "bare_inserts_per_second": round(int(inserted[1]) / given.seconds, 1) if inserted else None,
        "bare_view": measured(views, answered),
    }


def found_after(server: Server, folder: Path, answered: list[str]) -> int:
    wanted = folder / "wanted.json"
    wanted.write_text(json.dumps(answered))
    server.start()
    kept = re.search(r"FOUND (\d+)", server.run(COUNT.format(path=wanted)))
    return int(kept[1]) if kept else 0


if __name__ == "__main__":
    main()
