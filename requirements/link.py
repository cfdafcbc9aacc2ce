"""Make this checkout importable in an environment: `python requirements/link.py` run by the environment's own Python.

It writes what `pip install --editable .` would write (a `.pth`, the metadata with the entry points, the `quittance`
program), without fetching a build backend: a start costs milliseconds and needs no network. Standard library only.
"""

import shutil
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """#!{python}
import sys

from {module} import {function}

sys.exit({function}())
"""


def entry_points(project: dict[str, dict[str, dict[str, str]]]) -> str:
    """Return the text of `entry_points.txt`: the programs, then each group that the project declares."""
    groups = {"console_scripts": project.get("scripts", {}), **project.get("entry-points", {})}
    parts = []
    for group, entries in groups.items():
        parts += [f"[{group}]", *(f"{name} = {target}" for name, target in entries.items()), ""]
    return "\n".join(parts)


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all: a start may be interrupted, and two may run at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(mode)
    draft.replace(path)


def main() -> None:
    """Link the checkout that holds this file into the running environment."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    site, programs = Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("scripts"))
    metadata = site / f"{name}-{version}.dist-info"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    head += f"Requires-Python: {project['requires-python']}\n"
    for old in site.glob(f"{name}-*.dist-info"):
        shutil.rmtree(old)
    write(site / f"{name}.pth", f"{ROOT / 'src'}\n")
    write(metadata / "METADATA", head)
    write(metadata / "INSTALLER", "quittance\n")
    write(metadata / "entry_points.txt", entry_points(project))
    written = [f"{name}.pth", *(f"{metadata.name}/{part}" for part in ("METADATA", "INSTALLER", "entry_points.txt"))]
    for program, target in project["scripts"].items():
        module, function = target.split(":")
        write(programs / program, PROGRAM.format(python=sys.executable, module=module, function=function), 0o755)
    write(metadata / "RECORD", "".join(f"{path},,\n" for path in [*written, f"{metadata.name}/RECORD"]))


if __name__ == "__main__":
    main()
