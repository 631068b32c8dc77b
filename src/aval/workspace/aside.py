"""Work that waits for a disk or hashes, done beside other work: Python lets go of its lock meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Aside(Generic[T]):
    """Something that is worked out in a thread of its own from now on."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin."""
        self._work = work
        self._made: list[T] = []
        self._failed: list[BaseException] = []
        self._thread = Thread(target=self._run, name="aval aside", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._made.append(self._work())
        except BaseException as error:  # noqa: BLE001  it is raised where the result is asked for
            self._failed.append(error)

    def result(self) -> T:
        """Wait for it. Raises whatever the work raised."""
        self._thread.join()
        if self._failed:
            raise self._failed[0]
        return self._made[0]
