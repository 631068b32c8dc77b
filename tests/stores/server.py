"""A real PostgreSQL server, made for the tests and taken away after them: by its own user, on a socket of its own, in a folder of its own.

Roles: `owner` makes ledgers, `writer` and `reader` are what everyday commands use; each has a service of its name.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg
import pytest

BINARIES = next(
    (path for path in map(Path, ("/usr/lib/postgresql/15/bin", "/usr/local/bin", "/usr/bin")) if (path / "initdb").exists()), None
)
PASSWORDS = {"owner": "a secret of the owner", "writer": "a secret of the writer", "reader": "a secret of the reader"}
_QUICK = "-c shared_buffers=32MB -c max_connections=40 -c log_min_messages=panic -c log_min_error_statement=panic"
_SECONDS = 60
_MOST = 2**30
"""bytes that a cluster of the tests does not come near to"""


def binaries() -> Path:
    """Give the folder with PostgreSQL's programs; skip where there is none, and fail where everything has to be there."""
    if BINARIES is None:
        reason = "PostgreSQL 15 is not installed: apt-get install postgresql"
        if os.environ.get("AVAL_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return BINARIES


def folder() -> str:
    """Give where to put a cluster: memory where there is some, since no test here takes the power away. A socket wants a short path."""
    memory = Path("/dev/shm")  # noqa: S108
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _MOST else "/tmp"  # noqa: S108


class Server:
    """One cluster. `services` is the file that libpq reads; put its path into PGSERVICEFILE."""

    def __init__(self) -> None:
        """Make it and start it."""
        self._binaries = binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="aval-pg-", dir=folder()))
        self.services = self.folder / "services"
        self._user = "postgres" if os.geteuid() == 0 else ""
        if self._user:
            shutil.chown(self.folder, self._user, self._user)
            self.folder.chmod(0o755)
        (self.folder / "password").write_text("a secret of the superuser\n", "utf-8")
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}",
                  "--encoding=UTF8", "--locale=C", "--no-sync")  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None
        self._entries: dict[str, dict[str, str]] = {}
        self.start()
        self.database("aval")
        for name in ("postgres", *PASSWORDS):
            self.service(name, user=name)

    @property
    def data(self) -> Path:
        """The folder of the cluster."""
        return self.folder / "data"

    def _command(self, program: str, *words: str) -> list[str]:
        drop = ["setpriv", f"--reuid={self._user}", f"--regid={self._user}", "--init-groups"] if self._user else []
        return [*drop, str(self._binaries / program), *words]

    def _run(self, program: str, *words: str) -> None:
        made = subprocess.run(self._command(program, *words), check=False, capture_output=True, cwd=self.folder)
        assert made.returncode == 0, made.stderr.decode()

    def start(self, more: str = "") -> None:
        """Start it, and wait until it answers."""
        words = f"-D {self.data} -k {self.folder} -p 5432 -c listen_addresses= {_QUICK} {more}".split()
        self._process = subprocess.Popen(
            self._command("postgres", *words), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        self._until(lambda: bool(self.ask("SELECT 1", database="postgres")))

    def _until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + _SECONDS
        while True:
            try:
                if done():
                    return
            except psycopg.OperationalError:
                assert self._process is not None
                assert self._process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server does not come"
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT in good order, SIGQUIT at once, as in a crash."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stop it and take its folder away."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def ask(self, sql: str, values: Sequence[object] = (), *, role: str = "postgres", database: str = "aval") -> list[tuple[object, ...]]:
        """Ask as a role, outside of Aval."""
        password = PASSWORDS.get(role, "a secret of the superuser")
        with psycopg.connect(host=str(self.folder), user=role, password=password, dbname=database, autocommit=True) as session:
            cursor = session.execute(sql.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def database(self, name: str, more: str = "") -> None:
        """Make a database, which the owner may make ledgers in."""
        if not self.ask("SELECT 1 FROM pg_roles WHERE rolname = 'owner'", database="postgres"):
            for role, password in PASSWORDS.items():
                self.ask(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'", database="postgres")
        self.ask(f"CREATE DATABASE {name} OWNER owner {more}", database="postgres")

    def service(self, name: str, **words: str) -> str:
        """Write a service, by default on this server; an empty word leaves it out. Gives its name."""
        role = words.get("user", "")
        given = {"host": str(self.folder), "dbname": "aval", "password": PASSWORDS.get(role, "a secret of the superuser"), **words}
        self._entries[name] = {key: value for key, value in given.items() if value}
        text = "".join(f"[{one}]\n" + "".join(f"{k}={v}\n" for k, v in entry.items()) for one, entry in self._entries.items())
        self.services.write_text(text, "utf-8")
        return name
