"""`quittance audit verify`: what it tells, notes and refuses, with which exit status."""

from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from quittance import audit, cli
from quittance.audit import immutable
from quittance.audit.sql import TABLE

CHAIN = UUID(int=9)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def journal(db):
    for _ in range(5):
        audit.record(audit.Someone(chain=CHAIN), "view", "patients:detail")
    audit.record(None, "sign-in", "accounts:login")
    immutable.drop()


@pytest.fixture
def ran(capsys):
    def run(*arguments):
        status, error = 0, ""
        try:
            call_command("audit", "verify", *map(str, arguments))
        except CommandError as refusal:
            status, error = refusal.returncode, str(refusal)
        return status, capsys.readouterr().out, error

    return run


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_whole_journal_is_counted(journal, ran):
    status, out, _err = ran()
    assert status == 0
    assert out.startswith("6 event(s), 2 chain(s), ")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (f"UPDATE {TABLE} SET what = 'b' WHERE seq = 2", "row 2 altered: its content is not the one that was written"),
        (f"DELETE FROM {TABLE} WHERE seq = 2", "row 2 missing"),
        (f"DELETE FROM {TABLE} WHERE seq IN (2, 3)", "rows 2-3 missing"),
        (
            f"UPDATE {TABLE} SET seq = 6 WHERE seq = 2",
            "row 6 reordered: it does not follow the row before (it was written as row 2)",
        ),
    ],
)
def test_a_row_that_changed_is_named_and_the_status_is_1(journal, ran, statement, line):
    execute(statement)
    status, out, err = ran()
    assert status == 1
    assert f"chain 00000000-0000-0000-0000-000000000009, {line}\n" in out
    assert "not whole" in err


def test_it_speaks_french(journal, ran, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    execute(f"UPDATE {TABLE} SET what = 'b' WHERE action = 'sign-in'")
    status, out, err = ran()
    assert status == 1
    assert "chaîne installation, ligne 1 contenu modifié\n" in out
    assert "Le journal n'est pas intact : 1 anomalie(s)." in err


def test_noted_heads_show_a_cut_end(journal, ran, tmp_path):
    file = tmp_path / "anchors"
    assert "0 head(s) found again, 2 added" in ran("--anchors", file)[1]
    assert "2 head(s) found again, 0 added" in ran("--anchors", file)[1]
    audit.record(None, "sign-out", "accounts:logout")
    assert "2 head(s) found again, 1 added" in ran("--anchors", file)[1]
    noted = file.read_text()
    execute(f"DELETE FROM {TABLE} WHERE seq = 5")
    assert ran()[0] == 0
    status, out, _err = ran("--anchors", file)
    assert status == 1
    assert "row 5 noted earlier, absent: the end was cut" in out
    assert file.read_text() == noted


@pytest.mark.parametrize("text", ["Marie\n", "\xff\n".encode("latin-1")])
def test_a_file_of_something_else_is_refused_and_kept(journal, ran, tmp_path, text):
    file = tmp_path / "anchors"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = file.read_bytes()
    status, _out, err = ran("--anchors", file)
    assert status == 1
    assert str(file) in err
    assert file.read_bytes() == before


def test_a_folder_that_does_not_exist_is_told(journal, ran, tmp_path):
    status, _out, err = ran("--anchors", tmp_path / "none" / "anchors")
    assert status == 1
    assert "anchors" in err


def test_the_command_line_gives_its_status(journal, capsys):
    execute(f"DELETE FROM {TABLE} WHERE seq = 2")
    with pytest.raises(SystemExit) as end:
        cli.main(["audit", "verify"])
    assert end.value.code == 1
    said = capsys.readouterr()
    assert "row 2 missing" in said.out
    assert "not whole" in said.err
