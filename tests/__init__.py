"""The tests. Whatever of them is run, its programs keep no settings in the user's home."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.tools.home import settings_in

_home = Path(tempfile.gettempdir()) / f"chatroom-tests-{os.getpid()}"  # made when needed
os.environ |= settings_in(_home)
atexit.register(shutil.rmtree, _home, ignore_errors=True)
