"""The house: which folder may import which, and what the quiet floors may use at all.

CONTRIBUTING has the drawing of it, which this test compares with the table here.
"""

import ast
import re
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "chatroom"

FLOORS = (
    {"server.py", "client.py"},
    {"windows", "terminal"},
    {
        *("words", "forms", "passwords", "settings", "friend", "storage.py"),
        *("remembered", "preferences", "hosted", "user_files"),
    },
    {"network", "client", "server", "archive"},
    {"protocol"},
    {"crypto"},
    {"problems", "records"},
)
"""From the top: folders and modules of the package, and files beside it.

An import goes down, or stays in its folder; one to another place on the same floor is
allowed where ROOMS_APART does not forbid it.
"""

ROOMS_APART = {("client", "server"), ("server", "client")}

QUIET = {
    "client": {"abc", "collections", "dataclasses", "enum", "typing"},
    "server": {
        *("collections", "dataclasses", "enum", "typing", "hashlib", "hmac", "itertools"),
        "math",
    },
    "protocol": {
        "collections",
        "dataclasses",
        "enum",
        "functools",
        "typing",
        "hashlib",
        "ipaddress",
        "json",
        "re",
        "struct",
        "unicodedata",
    },
    "crypto": {"collections", "dataclasses", "typing", "hashlib", "hmac", "unicodedata"},
    "problems": {"enum"},
    "records": {"typing", "typing_extensions"},
}
"""What these places may import of the standard library: no socket, thread, clock, chance,
file or window among it."""

CALLS_FORBIDDEN = {"open", "exec", "eval", "compile", "__import__", "input", "print"}


class Import(NamedTuple):
    """One import: the place that imports, and the module that is imported."""

    place: str
    line: int
    module: str


def place_of(module: str) -> str:
    """Return the place in the house of a module of ours, "" for any other."""
    names = module.split(".")
    if names[0] == "chatroom":
        return names[1] if len(names) > 1 else ""
    return f"{names[0]}.py" if names[0] in ("server", "client", "storage") else ""


def imports_of(place: str, source: str) -> Iterator[Import]:
    """Yield what a source imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(place, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module == "chatroom":  # the names are modules
                for alias in node.names:
                    yield Import(place, node.lineno, f"{module}.{alias.name}")
            else:
                yield Import(place, node.lineno, "." * node.level + module)


def problems(place: str, source: str) -> list[str]:
    """Return what a source in this place may not import or call."""
    found = []
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    for one in imports_of(place, source):
        target = place_of(one.module)
        where = f"{place}:{one.line} imports {one.module}"
        if one.module.startswith("."):
            found.append(f"{where}: name it from the package on")
        elif target and target != place:
            if target not in floor:
                found.append(f"{where}: on no floor")
            elif floor[target] < floor[place]:
                found.append(f"{where}: upwards")
            elif (place, target) in ROOMS_APART:
                found.append(f"{where}: sideways")
        elif not target and place in QUIET and one.module.split(".")[0] not in QUIET[place]:
            found.append(f"{where}: not for this floor")
    if place in QUIET:
        found += [
            f"{place}:{node.lineno} calls {node.func.id}"
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in CALLS_FORBIDDEN
        ]
    return found


def files() -> Iterator[tuple[str, Path]]:
    """Yield every file of the program, however deep it lies, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inner = path.relative_to(PACKAGE)
        if inner.name != "__init__.py" or len(inner.parts) > 1:
            yield inner.parts[0].removesuffix(".py"), path
    for name in ("server.py", "client.py", "storage.py"):
        yield name, ROOT / name


class Floors(unittest.TestCase):
    def test_every_import_goes_down(self) -> None:
        for place, path in files():
            with self.subTest(path=str(path.relative_to(ROOT))):
                self.assertEqual(problems(place, path.read_text(encoding="utf-8")), [])

    def test_every_place_is_on_a_floor(self) -> None:
        known = {name for floor in FLOORS for name in floor}
        self.assertEqual({place for place, _ in files()}, known)

    def test_drawing_for_contributors_is_of_this_house(self) -> None:
        page = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
        drawing = page.split("## The house")[1].split("An import goes down")[0]
        names_end = 54  # then comes what the floor is for
        names = [
            "\n".join(line[:names_end] for line in floor.split("\n"))
            for floor in re.split(r"-{20,}", drawing)
        ]
        drawn = [{*re.findall(r"[a-z_]+(?:\.py)?", floor)} for floor in names]
        self.assertEqual(tuple(drawn), FLOORS)

    def test_no_two_modules_import_each_other(self) -> None:
        reached: dict[str, set[str]] = {}
        for _, path in files():
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            source = path.read_text(encoding="utf-8")
            reached[name] = {target for target in _modules(source) if target != name}
        for name in reached:
            self.assertNotIn(name, _closure(reached, name), f"{name} imports itself in a ring")


def _modules(source: str) -> Iterator[str]:
    """Yield the modules of ours that a source imports, those named in a `from` among them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _closure(reached: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(reached[start])
    while waiting:
        current = waiting.pop()
        if current in reached and current not in seen:
            seen.add(current)
            waiting += reached[current]
    return seen


class PowerToFail(unittest.TestCase):
    """What the house forbids is noticed, wherever in a file it stands."""

    def assert_noticed(self, place: str, source: str, word: str) -> None:
        self.assertEqual([one.rsplit(": ")[-1] for one in problems(place, source)], [word])

    def test_upward_import(self) -> None:
        self.assert_noticed("protocol", "from chatroom.server.room import Room", "upwards")
        self.assert_noticed("server", "def f():\n    from chatroom import words", "upwards")
        self.assert_noticed("windows", "import client", "upwards")

    def test_between_client_and_server(self) -> None:
        self.assert_noticed("client", "from chatroom.server import room", "sideways")
        self.assert_noticed("server", "import chatroom.client.member", "sideways")

    def test_what_brings_socket_clock_chance_or_files(self) -> None:
        for source in (
            "import os\nos.urandom(4)",
            "from os import urandom",
            "import socket as s",
            "from datetime import datetime",
            "import secrets",
            "import pathlib",
            "def f():\n    import time",
            "import importlib",
        ):
            with self.subTest(source):
                self.assert_noticed("server", source, "not for this floor")

    def test_a_file_opened_without_any_import(self) -> None:
        self.assertTrue(problems("client", "open('/dev/urandom')"))
        self.assertTrue(problems("crypto", "def f():\n    return __import__('time')"))

    def test_relative_import(self) -> None:
        self.assertTrue(problems("server", "from . import room"))

    def test_ring(self) -> None:
        self.assertIn("a", _closure({"a": {"b"}, "b": {"a"}}, "a"))


if __name__ == "__main__":
    unittest.main()
