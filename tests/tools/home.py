"""A home for tests: nothing of theirs is kept among the settings of whoever runs them."""

import sys
from pathlib import Path


def settings_in(folder: Path) -> dict[str, str]:
    """Return the environment in which our programs keep their settings inside a folder."""
    names = ["XDG_CONFIG_HOME", "APPDATA"]
    if sys.platform == "darwin":
        names.append("HOME")
    return dict.fromkeys(names, str(folder))
