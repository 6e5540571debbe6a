"""Every measurement, small enough for a few minutes; each alone and larger: python -m bench.NAME --help."""

import os
import subprocess
import sys
import time

DATA = os.environ.get("KLEAN_DATA", "")
ALWAYS = {
    "growth": ("--references", "10000", "100000", "--brands", "1000", "100000"),
    "hashes": (),
    "pipeline": ("--listings", "1000", "--naive", "5"),
    "prevalence": (),
    "queue": ("--cases", "100000"),
    "replay": (),
    "reports": ("--seconds", "4", "--clients", "2", "--listings", "2000"),
}
WITH_DATA = {
    "text": (),
    "price": (),
    "sellers": (),
    "images": ("--references", "100", "--each", "4", "--honest", "100"),
}


def main() -> None:
    failed = []
    if not DATA:
        print("KLEAN_DATA names no folder of real listings: what needs one is left out.")
    for name, options in (ALWAYS | (WITH_DATA if DATA else {})).items():
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        if subprocess.run([sys.executable, "-m", f"bench.{name}", *options], check=False).returncode:
            failed.append(name)
        print(f"({time.monotonic() - started:.0f} s)")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
