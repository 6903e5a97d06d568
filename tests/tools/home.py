"""A home for tests: nothing of theirs is kept among the settings of whoever runs them."""

import os
import sys
from pathlib import Path


def settings_in(folder: Path) -> dict[str, str]:
    """Return the environment in which our programs keep their settings inside a folder."""
    names = ["XDG_CONFIG_HOME", "APPDATA"]
    if sys.platform == "darwin":
        names.append("HOME")
    return dict.fromkeys(names, str(folder))


def forget_in_wine() -> None:
    """Forget the rooms where Wine keeps them for all tests, whatever the environment says.

    Another test may have had this port for a host with another key.
    """
    prefix = os.environ.get("WPYTHON_PREFIX")
    if prefix:
        for kept in Path(prefix).glob("drive_c/users/*/AppData/Roaming/chatroom/client.json"):
            kept.unlink(missing_ok=True)
