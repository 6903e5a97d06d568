"""Makes a table of what `python -m unittest -v` printed: python -m tests.tools.outcomes"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

_TEST = re.compile(r"\((tests\.[\w.]+)\.\w+\.\w+\)")
_OUTCOME = re.compile(r"\.\.\. (ok|FAIL|ERROR|expected failure|skipped '?(.*?)'?)$")


def read(lines: Iterable[str]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Return for each module how many tests had which outcome, and the reasons to skip."""
    modules: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    module = ""
    for line in lines:
        # A test's docstring or its own words may stand between its name and its outcome.
        if named := _TEST.search(line):
            module = named[1]
        if module and (told := _OUTCOME.search(line.rstrip())):
            modules[module][told[1].split()[0]] += 1
            if told[2] is not None:
                reasons[f"{module}: {told[2]}"] += 1
            module = ""
    return modules, reasons


def main() -> None:
    """Read the report from standard input."""
    modules, reasons = read(sys.stdin)
    for module, outcomes in sorted(modules.items()):
        print(module.ljust(44), *(f"{count} {name}" for name, count in outcomes.items()))
    for reason, count in sorted(reasons.items()):
        print(f"skipped {count}  {reason}")
    total = sum(modules.values(), Counter[str]())
    print("all of them:", *(f"{count} {name}" for name, count in total.items()))


if __name__ == "__main__":
    main()
