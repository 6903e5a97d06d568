"""The tests.

Whatever of them is run, nothing is kept among the settings of whoever runs it, and no
notification comes up on their desktop.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.tools.home import settings_in

_home = Path(tempfile.gettempdir()) / f"chatroom-tests-{os.getpid()}"  # made when needed
os.environ |= settings_in(_home) | {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}
atexit.register(shutil.rmtree, _home, ignore_errors=True)
