"""`python -m bench`: every benchmark with its figures and limits; `python -m bench quote load`: some of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> int:
    """Each in a process of its own, so that none warms another."""
    names = wanted or sorted(
        path.stem
        for path in HERE.glob("*.py")
        if not path.stem.startswith("_") and not path.stem.startswith("generated")
    )
    failed = [name for name in names if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode]
    print(
        f"{len(names) - len(failed)} benchmarks within their limits" + (f"; not: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
