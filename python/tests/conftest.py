from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import winnowtext
from winnowtext import Coprocess, _command
from winnowtext._coprocess import _close_all
from winnowtext._worker import _live

HERE = Path(__file__).parent
FAKE = [sys.executable, str(HERE / "fake.py")]
PROXY = [sys.executable, str(HERE / "proxy.py"), _command.path()]


@pytest.fixture(autouse=True)
def no_commands() -> Iterator[None]:
    """Begins and ends each test without a command that is kept for later."""
    _close_all(winnowtext._default._idle)
    assert not _live
    yield
    _close_all(winnowtext._default._idle)
    assert not _live


Make = Callable[..., Coprocess]


@pytest.fixture
def fake() -> Make:
    """Makes a Coprocess of workers that are not winnow."""

    def make(**options: Any) -> Coprocess:
        return Coprocess(command=FAKE, **options)

    return make


@pytest.fixture(params=["fake", "real"])
def either(request: pytest.FixtureRequest) -> Make:
    """Makes one of workers that lines can end: not winnow, and winnow."""

    def make(**options: Any) -> Coprocess:
        return Coprocess(command=FAKE if request.param == "fake" else PROXY, **options)

    return make
