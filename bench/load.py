"""Law and tariffs of every country from their cache: 150 ms and 120 MiB; bare import; the command from cold: 1.2 s."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench._figures import said
from bench.quote import SESSION

LOAD = """
import resource, time
import pydantic, quittance, quittance.belgium.pricing.quote, quittance.france.pricing.quote
from quittance.kernel.country import countries
known = countries().values()
def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, start = used(), time.perf_counter()
for country in known:
    country.flat.strings, country.words, country.texts
print((time.perf_counter() - start) * 1000, used() - before, used())
"""
BARE = "import sys, quittance; print(sorted(name for name in ('django', 'numpy', 'pydantic') if name in sys.modules))"


def run(*arguments: str) -> str:
    """Output of a fresh Python."""
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Each in a process of its own, the best of five for the times."""
    run("-c", LOAD)
    loads = [[float(word) for word in run("-c", LOAD).split()] for _ in range(5)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "session.json"
        path.write_text(json.dumps(SESSION))
        command = "import sys, time; s = time.perf_counter(); from quittance.cli import main; main(sys.argv[1:]);"
        command += "print(time.perf_counter() - s, file=sys.stderr)"
        found = [
            subprocess.run(
                [sys.executable, "-c", command, "quote", str(path)], capture_output=True, text=True, check=True
            )
            for _ in range(5)
        ]
        cold = min(float(one.stderr.split()[-1]) for one in found)
    bare = run("-c", BARE).strip()
    holds = [
        said("law and tariffs from the cache", min(load[0] for load in loads), 150, "ms"),
        said("memory they add", max(load[1] for load in loads), 120, "MiB"),
        said("whole process with them", max(load[2] for load in loads), 120, "MiB"),
        said("command `quote` from cold, imports included", cold, 1.2, "s"),
        said(f"heavy modules of `import quittance` {bare}", 0 if bare == "[]" else 1, 0, "modules"),
    ]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
