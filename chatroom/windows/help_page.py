"""A page to be read: parts of Markdown drawn in a Text, with a way to places and words in it."""

import tkinter as tk
from collections.abc import Iterable
from tkinter.font import Font, nametofont
from typing import TypeGuard

from chatroom.windows import keys, later, theme
from chatroom.words import markdown
from chatroom.words.markdown import Style

WIDTH_MOST = 720
"""Pixels at 100 % in which lines are still easy to read."""

MARGIN = 20
COLUMN_GAP = 20
COLUMN_SHARE = 0.42
"""Of the width, at most, for the first column of a table; what is longer has its own line."""

ARROW_LINES = 3


class HelpPage(tk.Text):
    """Shows parts; `sections` are its headings of level 1."""

    def __init__(self, parent: tk.Misc) -> None:
        self._look = look = theme.of(parent)
        c, px = look.c, look.px
        super().__init__(parent, wrap="word", width=20, height=5, state="disabled", cursor="arrow")
        self.configure(background=c.panel, foreground=c.ink, font=look.body, takefocus=True)
        self.configure(relief="flat", borderwidth=0, spacing2=px(3), padx=px(MARGIN), pady=px(4))
        self.configure(
            highlightthickness=px(2), highlightcolor=c.accent, highlightbackground=c.panel
        )
        self.sections: list[str] = []
        self._parts: tuple[markdown.Part, ...] = ()
        self._places: list[str] = []  # where each part begins
        self._starts: list[int] = []  # which parts begin a section
        self._column = 0
        self._gone_to = -1, ""
        self._fitting = later.Later(self, self._fit)
        self._make_tags()
        self._bind_keys()
        self.bind("<Configure>", lambda _: self._fitting.when_idle())

    def show(self, parts: Iterable[markdown.Part]) -> None:
        """Show these parts."""
        self._parts = tuple(parts)
        self._starts = [number for number, one in enumerate(self._parts) if _begins_section(one)]
        self.sections = [one.text for one in self._parts if _begins_section(one)]
        self._draw(0)

    @property
    def section(self) -> int:
        """The number of the section at the top of what is in view, or of the one gone to."""
        section, top = self._gone_to
        if top == self.index("@0,0"):  # near the end it cannot come to the top
            return section
        return max(sum(start <= self._part_in_view() for start in self._starts) - 1, 0)

    def go_to(self, section: int) -> None:
        """Bring the start of a section to the top."""
        self.yview(self._places[self._starts[section]])
        self._gone_to = section, self.index("@0,0")

    # Searching -------------------------------------------------------------------------

    def find(self, words: str) -> list[str]:
        """Mark where these words stand, upper and lower case alike; return the places."""
        for tag in ("hit", "now"):
            self.tag_remove(tag, "1.0", "end")
        if not words:
            return []
        call = self.tk.call
        found = call(self, "search", "-all", "-nocase", "--", words, "1.0", "end")
        places = [str(place) for place in self.tk.splitlist(found)]
        for place in places:
            self.tag_add("hit", place, f"{place} + {len(words)} chars")
        return places

    def show_hit(self, place: str, words: str) -> None:
        """Bring a place where these words stand into view, and mark it more strongly."""
        self.tag_remove("now", "1.0", "end")
        self.tag_add("now", place, f"{place} + {len(words)} chars")
        self.see(place)

    # Drawing ---------------------------------------------------------------------------

    def _make_tags(self) -> None:
        look, c, px = self._look, self._look.c, self._look.px
        size = look.body.cget("size")
        fixed = Font(self, family=nametofont("TkFixedFont", self).actual("family"), size=size)
        italic = Font(self, **look.body.actual())
        italic.configure(slant="italic", size=size)
        self._fonts = {
            Style.PLAIN: look.body,
            Style.BOLD: look.bold,
            Style.ITALIC: italic,
            Style.CODE: fixed,
        }
        for style, font in self._fonts.items():
            self.tag_configure(style.value, font=font)
        self.tag_configure("heading1", font=look.title, spacing1=px(18), spacing3=px(6))
        self.tag_configure("heading2", font=look.bold, spacing1=px(12), spacing3=px(2))
        self.tag_configure("paragraph", spacing1=px(6), spacing3=px(6))
        indent = px(24)
        self.tag_configure("item", spacing1=px(2), spacing3=px(4), lmargin1=px(6))
        self.tag_configure("item", lmargin2=indent, tabs=(indent,))
        self.tag_configure("mark", foreground=c.faded)
        self.tag_configure("block", font=fixed, spacing1=px(2), spacing3=px(2))
        self.tag_configure("block", lmargin1=px(12), lmargin2=px(32), background=c.over)
        self.tag_configure("row", spacing1=px(4), spacing3=px(4))
        self.tag_configure("below", lmargin1=indent, lmargin2=indent, spacing1=0)
        self.tag_configure("head", font=look.small, foreground=c.faded)
        self._hairline = Font(self, size=-1)
        self.tag_configure("line", font=self._hairline, background=c.line)
        self.tag_configure("hit", background=c.hit, foreground=c.ink)
        self.tag_configure("now", background=c.hit_now, foreground=c.ink)
        self.tag_raise("sel")

    def _draw(self, top: int) -> None:
        """Write all parts anew, and have this one at the top."""
        self._places = []
        self.configure(state="normal")
        self.delete("1.0", "end")
        for part in self._parts:
            self._places.append(self.index("end - 1 char"))
            self._write(part)
        self.delete("end - 2 chars", "end")
        self.configure(state="disabled")
        self.yview(self._places[top])

    def _part_in_view(self) -> int:
        """Return which part is at the top."""
        end = self.index("@0,0 lineend")
        return max(sum(self.compare(place, "<=", end) for place in self._places) - 1, 0)

    def _write(self, part: markdown.Part) -> None:
        match part:
            case markdown.Heading(level, text):
                self.insert("end", f"{text}\n", f"heading{level}")
            case markdown.Paragraph(line):
                self._write_line(line, "paragraph")
                self.insert("end", "\n", "paragraph")
            case markdown.Item(mark, line):
                self.insert("end", f"{mark}\t", ("item", "mark"))
                self._write_line(line, "item")
                self.insert("end", "\n", "item")
            case markdown.Code(text):
                self.insert("end", f"{text}\n", "block")
            case markdown.Row(cells, is_head):
                self._write_row(cells, "head" if is_head else "row")

    def _write_row(self, cells: tuple[markdown.Line, ...], kind: str) -> None:
        """Write the second cell beside the first, or below it where that one is too long."""
        first, second = cells
        is_beside = self._width(first) <= self._column - self._look.px(COLUMN_GAP)
        self._write_line(first, "row", kind)
        self.insert("end", "\t" if is_beside else "\n", "row")
        self._write_line(second, "row", kind, "" if is_beside else "below")
        self.insert("end", "\n", "row", "\n", "line")

    def _write_line(self, line: markdown.Line, *tags: str) -> None:
        for span in line:
            self.insert("end", span.text, (span.style.value, *tags))

    # Fitting ---------------------------------------------------------------------------

    def _fit(self) -> None:
        """Keep lines short in a wide window, and columns narrow in a small one."""
        px = self._look.px
        margin = max((self.winfo_width() - px(WIDTH_MOST)) // 2, px(MARGIN))
        self.configure(padx=margin)
        width = self.winfo_width() - 2 * margin
        cells = (part.cells[0] for part in self._parts if isinstance(part, markdown.Row))
        widest = max(map(self._width, cells), default=0) + px(COLUMN_GAP)
        column = min(widest, int(width * COLUMN_SHARE))
        if column != self._column:
            self._column = column
            self.tag_configure("row", tabs=(column,), lmargin2=column)
            self._draw(self._part_in_view())

    def _width(self, line: markdown.Line) -> int:
        return sum(self._fonts[span.style].measure(span.text) for span in line)

    # Keys ------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        for key, count, what in (
            ("Up", -ARROW_LINES, "units"),
            ("Down", ARROW_LINES, "units"),
            ("Prior", -1, "pages"),
            ("Next", 1, "pages"),
            ("Shift-space", -1, "pages"),
            ("space", 1, "pages"),
        ):
            keys.bind(self, f"<{key}>", lambda n=count, by=what: self.yview_scroll(n, by))  # type: ignore[misc]
        for key, place in (("Home", 0.0), ("End", 1.0)):
            for modifier in ("", "Control-"):
                keys.bind(self, f"<{modifier}{key}>", lambda at=place: self.yview_moveto(at))  # type: ignore[misc]
        self.bind("<Button-1>", lambda _: self.focus_set())  # so that Ctrl+C copies


def _begins_section(part: markdown.Part) -> TypeGuard[markdown.Heading]:
    return isinstance(part, markdown.Heading) and part.level == 1
