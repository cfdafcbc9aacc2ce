"""The files of the project, as the checks of the house read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/quittance"
PURE = ("kernel", "*/numbers.py", "*/numbers", "*/law", "*/tariffs", "*/pricing", "*/speech", "*/files", "cards")


@cache
def tracked() -> tuple[Path, ...]:
    """List the files that git keeps, and that are still there."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    paths = (ROOT / name for name in done.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def text_of(path: Path) -> str | None:
    """Read a file, or None when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def modules(*patterns: str) -> Iterator[Path]:
    """Yield the modules of the package under each pattern (a file or a folder), migrations left out."""
    for pattern in patterns or (".",):
        for place in sorted(PACKAGE.glob(pattern)) if pattern != "." else [PACKAGE]:
            for path in [place] if place.suffix == ".py" else sorted(place.rglob("*.py")):
                if "migrations" not in path.parts:
                    yield path


def parsed(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """Name a file as the messages do: from the root of the project."""
    return path.relative_to(ROOT).as_posix()
