"""`quittance quote --jsonl` on 10,000 sessions of 3 acts, whole process: 10 s."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from bench._figures import said
from bench.quote import BELGIAN, SESSION


def measured(session: dict[str, Any]) -> bool:
    """One process from start to end."""
    line = json.dumps({**session, "acts": session["acts"][:3]})
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "sessions.jsonl", Path(folder) / "answers.jsonl"
        path.write_text((line + "\n") * 10_000)
        start = perf_counter()
        with out.open("w") as target:
            code = "import sys; from quittance.cli import main; sys.exit(main(sys.argv[1:]))"
            subprocess.run([sys.executable, "-c", code, "quote", "--jsonl", str(path)], stdout=target, check=True)
        taken = perf_counter() - start
        answers = out.read_text().splitlines()
    assert len(answers) == 10_000
    assert "error" not in json.loads(answers[-1])
    return said(f"{session['country']}, quote --jsonl, 10,000 sessions of 3 acts, traced", taken, 10, "s")


def main() -> int:
    """Both countries."""
    return 0 if all([measured(SESSION), measured(BELGIAN)]) else 1


if __name__ == "__main__":
    sys.exit(main())
