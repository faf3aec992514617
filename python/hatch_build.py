"""Builds the command and puts it into the wheel, which is for one platform then.

WINNOW_TARGET names the platform as Go does, such as linux/arm64; without it, it is
the one this runs on. The command needs no C library, so that building it for another
platform takes nothing but Go.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The platforms of wheels, in the words of pip. The command is linked statically and
# runs with glibc and musl alike; for macOS the version is the oldest that Go supports.
PLATFORMS = {
    "linux/amd64": "manylinux2014_x86_64.musllinux_1_1_x86_64",
    "linux/arm64": "manylinux2014_aarch64.musllinux_1_1_aarch64",
    "darwin/amd64": "macosx_12_0_x86_64",
    "darwin/arm64": "macosx_12_0_arm64",
    "windows/amd64": "win_amd64",
    "windows/arm64": "win_arm64",
}


class CommandHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        here = Path(self.root)
        if not (here.parent / "go.mod").exists():
            raise RuntimeError("wheels are built in a checkout of winnow, whose python folder this is")
        target = os.environ.get("WINNOW_TARGET") or self._this_platform()
        if target not in PLATFORMS:
            raise RuntimeError(f"no wheels for {target}; there are for {', '.join(PLATFORMS)}")
        system, machine = target.split("/")
        name = "winnow.exe" if system == "windows" else "winnow"
        command = here / "build" / f"{system}-{machine}" / name
        command.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", str(command), "./cmd/winnow"],
            cwd=here.parent,
            env={**os.environ, "CGO_ENABLED": "0", "GOOS": system, "GOARCH": machine},
            check=True,
        )
        build_data["force_include"][str(command)] = f"winnowtext/bin/{name}"
        build_data["force_include"][str(here.parent / "LICENSE")] = "winnowtext/LICENSE"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{PLATFORMS[target]}"

    @staticmethod
    def _this_platform() -> str:
        out = subprocess.run(["go", "env", "GOHOSTOS", "GOHOSTARCH"], check=True, capture_output=True, text=True)
        return "/".join(out.stdout.split())
