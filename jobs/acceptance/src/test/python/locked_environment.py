"""Makes the virtual environment of one requirements file, once for each content of that file.

Usage: locked_environment.py NAME REQUIREMENTS; prints the path of its Python. It lives in .venv/, which git ignores.
"""

import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

name, requirements = sys.argv[1], Path(sys.argv[2])
home = Path(__file__).resolve().parents[5]
folder = home / ".venv" / name
python = folder / "bin" / "python"
stamp = folder / "requirements.sha256"
wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()

folder.parent.mkdir(exist_ok=True)
lock = open(folder.parent / f"{name}.lock", "w")  # noqa: SIM115 (held until this process ends)
fcntl.flock(lock, fcntl.LOCK_EX)
if not (stamp.is_file() and stamp.read_text() == wanted):
    venv.create(folder, clear=True, with_pip=True)
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements],
        check=True,
        stdout=sys.stderr,
    )
    stamp.write_text(wanted)
print(python)
