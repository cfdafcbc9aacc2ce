"""The command `quittance`: prices, price lists, law, the web app. Each command is documented in docs/commands.md."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

Command = Callable[[Sequence[str]], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; without one, or with one that does not exist, say which there are."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"-h", "--help"}:
        print(_usage())
        return 0 if given else 2
    if given[0] == "--version":
        import quittance

        print(quittance.__version__)
        return 0
    command = COMMANDS.get(given[0])
    if command is None:
        print(f"« {given[0]} » n'est pas une commande.\n{_usage()}", file=sys.stderr)
        return 2
    try:
        return command(given[1:])
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _usage() -> str:
    return "Commandes : " + ", ".join(COMMANDS) + ". Aide : quittance COMMANDE --help"


def _open(name: str) -> Any:
    """A file, or standard input, as bytes: a line that is not UTF-8 is refused alone, the others go on."""
    return nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")


def _refusal(code: str, message: str) -> dict[str, Any]:
    return {"error": [{"code": code, "path": "", "message": message}]}


def _read_json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def quote(arguments: Sequence[str]) -> int:
    """Price one session of a file (`-` for standard input), or one a line with `--jsonl`."""
    parser = argparse.ArgumentParser("quittance quote", description=quote.__doc__)
    parser.add_argument("file", nargs="?", help="fichier JSON, ou - pour l'entrée standard")
    parser.add_argument("--jsonl", action="store_true", help="une séance par ligne, une réponse par ligne")
    parser.add_argument("--schema", action="store_true", help="le schéma JSON de l'entrée")
    parser.add_argument("--no-trace", action="store_true", help="sans le détail des règles (steps)")
    options = parser.parse_args(arguments)
    if options.schema:
        print(json.dumps(schema(), ensure_ascii=False, indent=1))
        return 0
    if options.file is None:
        parser.error("donnez un fichier, ou - pour l'entrée standard")
    try:
        with _open(options.file) as lines:
            return (
                _quote_lines(lines, not options.no_trace) if options.jsonl else _quote_one(lines, not options.no_trace)
            )
    except OSError as error:
        print(
            json.dumps(_refusal("file.unreadable", f"Fichier illisible : {error}. Vérifiez son nom et son encodage."))
        )
        return 1


def _quote_one(file: Any, trace: bool) -> int:
    result = _quoted(file.read(), trace)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 1 if "error" in result else 0


def _quote_lines(lines: Any, trace: bool) -> int:
    write, dump = sys.stdout.write, json.JSONEncoder(ensure_ascii=False).encode
    for line in lines:
        write(dump(_quoted(line, trace)) + "\n")
    sys.stdout.flush()
    return 0


def _quoted(text: bytes, trace: bool) -> dict[str, Any]:
    import quittance

    session = _read_json(text)
    if session is None:
        return _refusal(
            "session.invalid", "Ce n'est pas du JSON. Corrigez la ponctuation, ou voyez « quittance quote --schema »."
        )
    return quittance.quote(session, trace=trace)


def schema() -> dict[str, Any]:
    """JSON Schema of the input: the union over countries, the parts of each under names of its own."""
    from quittance.kernel.country import countries

    known: list[dict[str, Any]] = []
    parts: dict[str, Any] = {}
    for code, country in sorted(countries().items()):
        text = json.dumps(country.schema()).replace('"#/$defs/', f'"#/$defs/{code}')
        one = json.loads(text)
        parts |= {f"{code}{name}": part for name, part in one.pop("$defs", {}).items()}
        known.append(one)
    return {**(known[0] if len(known) == 1 else {"anyOf": known}), "$defs": parts}


def explain(arguments: Sequence[str]) -> int:
    """Print, for a person, why each amount of a session is what it is."""
    parser = argparse.ArgumentParser("quittance explain", description=explain.__doc__)
    parser.add_argument("file", help="fichier JSON, ou - pour l'entrée standard")
    options = parser.parse_args(arguments)
    from quittance.kernel.country import countries

    try:
        with _open(options.file) as file:
            result = _quoted(file.read(), True)
    except OSError as error:
        print(f"Fichier illisible : {error.strerror}. Vérifiez son nom.", file=sys.stderr)
        return 1
    for problem in result.get("error", []):
        print(f"✗ {problem['path'] or 'séance'} : {problem['message']}")
    for act in result.get("acts", []):
        shares = ", ".join(f"{payer.name} {act[payer.name]}" for payer in countries()[result["country"]].payers)
        print(f"\n{act['code']} du {act['date']} : {act['fee']} ({shares})")
        for step in act["steps"]:
            inputs = ", ".join(f"{name} {value}" for name, value in step["inputs"].items())
            print(f"  {step['result']:>12}  {step['label']}" + (f"  [{inputs}]" if inputs else ""))
            print(f"  {'':>12}  source : {step['source']}")
    for message in result.get("messages", []):
        print(f"\n{message['level']} {message['code']} : {message['text']}")
    return 1 if "error" in result else 0


def law(arguments: Sequence[str]) -> int:
    """`law build` makes each country's flat file in the cache; `law codes` writes the constants of the rules."""
    parser = argparse.ArgumentParser("quittance law", description=law.__doc__)
    parser.add_argument("what", choices=["build", "codes", "digest"])
    options = parser.parse_args(arguments)
    from quittance.kernel.country import countries

    for code, country in countries().items():
        if options.what == "codes":
            country.commands()["codes"]([])
        else:
            print(f"{code} {country.law_digest()}")
    return 0


def tariffs(arguments: Sequence[str]) -> int:
    """`import`, `check`, `show CODE --on DATE`, `search WORDS`: the price lists of every country, or of `--country`."""
    from quittance.kernel.country import countries

    known = countries()
    parser = argparse.ArgumentParser("quittance tariffs", description=tariffs.__doc__)
    parser.add_argument("--country", choices=list(known), help="par défaut : chaque pays, jusqu'à celui qui répond")
    parser.add_argument("what", choices=["import", "check", "show", "search"])
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    if options.country is not None:
        return int(known[options.country].commands()[options.what](options.rest))
    return _ask_each([country.commands()[options.what] for country in known.values()], options.what, options.rest)


def _ask_each(commands: Sequence[Command], what: str, rest: Sequence[str]) -> int:
    """Ask each country: a check needs all of them to hold, anything else one that answers (2: words not understood)."""
    told = [_asked(command, rest) for command in commands]
    status = (max if what == "check" else min)(status for status, _, _ in told)
    for given, out, err in told:
        if what == "check" or given == status:
            print(out, end="")
            print(err, end="", file=sys.stderr)
    return status


def _asked(command: Command, rest: Sequence[str]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = command(rest)
        except SystemExit as refused:
            status = int(refused.code or 0)
    return status, out.getvalue(), err.getvalue()


def price(arguments: Sequence[str]) -> int:
    """Price a Parquet file of bills' lines into another (extra `batch`)."""
    from quittance.kernel.price import main as price_main

    return price_main(arguments)


def serve(arguments: Sequence[str]) -> int:
    """Serve the web app with its task worker."""
    from quittance.web.serve import serve as run

    return run(list(arguments))


def manage(arguments: Sequence[str]) -> int:
    """Hand a command on to Django (`quittance manage migrate`)."""
    from quittance.web.manage import main as run

    run(list(arguments))
    return 0


def demo(arguments: Sequence[str]) -> int:
    """Fill the demo practices; done twice, it changes nothing."""
    return manage(["demo", *arguments])


def audit(arguments: Sequence[str]) -> int:
    """`audit verify`: no row of the journal was altered, taken away or moved."""
    return manage(["audit", *arguments])


COMMANDS: dict[str, Command] = {
    "quote": quote,
    "explain": explain,
    "tariffs": tariffs,
    "law": law,
    "price": price,
    "serve": serve,
    "demo": demo,
    "audit": audit,
    "manage": manage,
}
