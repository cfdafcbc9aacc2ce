"""`quittance tariffs --country BE …`: what is printed, refused, with which exit status."""

from __future__ import annotations

import pytest

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.commands import COMMANDS
from quittance.belgium.tariffs.errors import IMPORT, UnknownCodeError
from quittance.belgium.tariffs.show import show
from quittance.cli import main
from tests.belgium.tariffs import facts, publication


@pytest.fixture
def own_tables(tables, monkeypatch):
    """The commands write into the test's tables."""
    monkeypatch.setattr(store, "folder", lambda: tables)
    store.shipped.cache_clear()
    yield tables
    store.shipped.cache_clear()


def run(what, *arguments):
    return COMMANDS[what](list(map(str, arguments)))


def test_there_are_the_four_commands():
    assert set(COMMANDS) == {"import", "check", "show", "search"}


def test_show_a_day(capsys):
    assert run("show", "711314", "--on", "2026-05-04") == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].startswith("711314 — Séance individuelle de logopédie, 30 minutes")
    assert "pendant : 711384" in out
    assert "honoraires 38,37 €" in out
    assert "remboursement 24,66 € (prestataire non conventionné ; sans : régime préférentiel)" in out


def test_show_every_day_ages_and_marks(capsys):
    assert run("show", "103132") == 0
    assert "dès 120 mois ; avant 900 mois" in capsys.readouterr().out
    assert run("show", "701013") == 0
    assert "douteux, coefficient fois valeur, non imprimé" in capsys.readouterr().out


def test_show_a_day_without_a_price_answers_and_says_how_to_import(capsys):
    assert run("show", "425110", "--on", "2026-05-04") == 0
    out = capsys.readouterr().out
    assert "prix connus du 2018-01-01 au 2018-12-31" in out
    assert "quittance tariffs --country BE import nomensoft DOSSIER --published AAAA-MM-JJ" in out
    assert run("show", "567055") == 0
    assert "aucun prix connu" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "on", "said"),
    [
        ("702015", "2024-08-01", "supprimé depuis le 01/08/2024"),
        ("700991", "2024-07-31", "n'existe que depuis le 01/08/2024"),
    ],
)
def test_show_a_code_that_does_not_exist_on_the_day_proposes_no_import(capsys, code, on, said):
    assert run("show", code, "--on", on) == 0
    out = capsys.readouterr().out
    assert said in out
    assert "import" not in out


def test_a_belgian_code_without_a_price_is_not_told_unknown_by_another_country(capsys):
    assert main(["tariffs", "show", "711314", "--on", "2027-01-01"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("711314 — ")
    assert captured.err == ""


@pytest.mark.parametrize(("code", "said"), [("711315", "est faux"), ("999994", "inconnu"), ("C", "est faux")])
def test_show_an_unknown_code(capsys, code, said):
    assert run("show", code) == 1
    assert said in capsys.readouterr().err
    with pytest.raises(UnknownCodeError):
        show(code)


def test_search(capsys):
    assert run("search", "aphasie", "domicile") == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("712331  ")
    assert run("search", "toilette", "--on", "2026-05-04") == 1
    assert run("search", "zzzz") == 1


def test_check(capsys, own_tables):
    assert run("check") == 0
    assert capsys.readouterr().out == "0 défaut(s) dans les tables de la nomenclature\n"
    (own_tables / store.ACTS).write_bytes(b"")
    assert run("check") == 1
    assert store.ACTS in capsys.readouterr().out


def test_import_a_publication_then_show_it(capsys, own_tables, tmp_path):
    path = publication.folder(tmp_path / "TXT")
    assert run("import", "nomensoft", path, "--published", "2027-01-04", "--until", "2027-06-30") == 0
    assert "connu jusqu'au 2027-06-30" in capsys.readouterr().out
    assert run("show", "711314", "--on", "2027-06-30") == 0
    assert "honoraires 39,13 €" in capsys.readouterr().out
    assert run("show", "711314", "--on", "2027-07-01") == 0
    assert "pas de prix ce jour-là" in capsys.readouterr().out
    assert run("search", "dentaire", "essai", "--on", "2027-02-01") == 0


def test_the_command_that_messages_name_is_one_that_works(capsys, own_tables, tmp_path):
    words = IMPORT.replace("DOSSIER", str(publication.folder(tmp_path / "TXT"))).replace("AAAA-MM-JJ", "2027-01-04")
    assert words.startswith("quittance ")
    assert main(words.split()[1:]) == 0
    assert "connu jusqu'au 2027-12-31" in capsys.readouterr().out


def test_an_import_that_is_refused(capsys, own_tables, tmp_path):
    assert run("import", "nomensoft", tmp_path / "absent", "--published", "2027-01-04") == 1
    assert "illisible" in capsys.readouterr().err
    for words in (("nomensoft", tmp_path), ("nomensoft", tmp_path, "--published", "hier"), ("moon", tmp_path)):
        with pytest.raises(SystemExit):
            run("import", *words)
        assert capsys.readouterr().err


def test_import_the_facts(capsys, own_tables, tmp_path):
    assert run("import", "facts", facts.folder(tmp_path / "in")) == 0
    assert "lignes de prix écrits" in capsys.readouterr().out
    assert run("import", "facts", tmp_path / "absent") == 1
