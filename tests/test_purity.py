"""What the two sides of the conversation stand on: no socket, no clock, no chance."""

import ast
import functools
import unittest
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "chatroom"
SANS_IO = ("chatroom.room", "chatroom.member")
IMPURE = {"socket", "threading", "time", "random", "secrets", "tkinter"}


def path_of(module: str) -> Path:
    """Return the file of a module of the package."""
    return PACKAGE.parent.joinpath(*module.split(".")).with_suffix(".py")


@functools.cache
def imports_of(module: str) -> frozenset[str]:
    """Return the full names of all modules that a module of the package imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path_of(module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = "chatroom" if node.level else ""
            parent = ".".join(filter(None, (package, node.module or "")))
            for alias in node.names:
                inner = f"{parent}.{alias.name}"
                found.add(inner if path_of(inner).exists() else parent)
    return frozenset(found)


@functools.cache
def reached_from(module: str) -> frozenset[str]:
    """Return the module and all modules of the package that it stands on."""
    reached: set[str] = set()
    waiting = [module]
    while waiting:
        current = waiting.pop()
        if current not in reached and path_of(current).exists():
            reached.add(current)
            waiting += [
                one for one in imports_of(current) if one.startswith("chatroom")
            ]
    return frozenset(reached)


class Purity(unittest.TestCase):
    def test_room_and_member_reach_no_socket_clock_or_chance(self) -> None:
        for top in SANS_IO:
            reached = reached_from(top)
            self.assertGreater(len(reached), 5)
            for module in reached:
                roots = {name.partition(".")[0] for name in imports_of(module)}
                with self.subTest(top=top, module=module):
                    self.assertEqual(roots & IMPURE, set())

    def test_room_and_member_do_not_know_each_other(self) -> None:
        self.assertNotIn("chatroom.member", reached_from("chatroom.room"))
        self.assertNotIn("chatroom.room", reached_from("chatroom.member"))

    def test_imports_run_one_way(self) -> None:
        for path in PACKAGE.glob("*.py"):
            module = f"chatroom.{path.stem}"
            for imported in imports_of(module):
                with self.subTest(module=module, imported=imported):
                    self.assertNotIn(module, reached_from(imported))


if __name__ == "__main__":
    unittest.main()
