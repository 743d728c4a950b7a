"""Put the real output of its commands into README.md: python tools/refresh_readme.py [--check]

In a code block whose first line begins with "$ ", every such line is run by a shell, in order and in one folder that
holds a copy of the examples; what follows it is replaced by what the command prints. `--check` changes nothing and
ends with status 1 where README.md is out of date.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
WIDTH = 100
_BLOCK = re.compile(r"^```\n(\$ .*?)^```$", re.DOTALL | re.MULTILINE)


def refreshed(text: str) -> str:
    """The text with every block's output as it is now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        return _BLOCK.sub(lambda block: f"```\n{_run_all(block[1], folder)}```", text)


def _run_all(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_run(command, folder)}" for command in commands)


def _run(command: str, folder: Path) -> str:
    beside = str(Path(sys.executable).parent)  # the `ascribe` of this environment, and not another one
    environment = {
        **os.environ,
        "PATH": f"{beside}{os.pathsep}{os.environ.get('PATH', '')}",
        "COLUMNS": str(WIDTH),
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip("\n").splitlines())


def main(arguments: list[str]) -> int:
    """Write README.md anew, or check it."""
    kept = README.read_text("utf-8")
    made = refreshed(kept)
    if "--check" in arguments:
        return int(made != kept)
    README.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
