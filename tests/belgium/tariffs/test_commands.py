"""`quittance tariffs --country BE …`: what is printed, refused, with which exit status."""

from __future__ import annotations

import pytest

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.commands import COMMANDS
from quittance.belgium.tariffs.errors import UnknownCodeError
from quittance.belgium.tariffs.show import show
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


def test_show_a_day_without_a_price_says_how_to_import(capsys):
    assert run("show", "425110", "--on", "2026-05-04") == 1
    captured = capsys.readouterr()
    assert not captured.out
    assert "prix connus du 2018-01-01 au 2018-12-31" in captured.err
    assert "tariffs import nomensoft" in captured.err
    assert run("show", "567055") == 1
    assert "aucun prix connu" in capsys.readouterr().err


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
    assert run("show", "711314", "--on", "2027-07-01") == 1
    assert run("search", "dentaire", "essai", "--on", "2027-02-01") == 0


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
