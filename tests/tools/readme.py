"""The README's two parts for users, which are the help that the windows show.

    python -m tests.tools.readme       writes them anew, from chatroom/words/help_*.md

A part stands between `<!-- help_en.md ... -->` and `<!-- end -->`. Its headings are brought
below the last one before it: under `## Bahasa Indonesia`, what is `#` in the file is `###`.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
HELP = ROOT / "chatroom" / "words"

PART = re.compile(r"(?<=<!-- )(help_\w+\.md)( [^>]*-->\n).*?(?=<!-- end -->)", re.DOTALL)
HEADING = re.compile(r"^(#+) ", re.MULTILINE)


def with_help(readme: str) -> str:
    """Return a README with the help as the files have it."""

    def part(match: re.Match[str]) -> str:
        above = HEADING.findall(readme, 0, match.start())[-1]
        text = HEADING.sub(rf"{above}\1 ", (HELP / match[1]).read_text(encoding="utf-8"))
        return f"{match[1]}{match[2]}\n{text}\n"

    return PART.sub(part, readme)


def main() -> None:
    """Write the parts anew."""
    written = with_help(README.read_text(encoding="utf-8"))
    README.write_text(written, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
