"""The window of the help: what there is, its text, and a search in it."""

import tkinter as tk
from tkinter import ttk

from chatroom.windows import help_page, icon_button, keys, theme
from chatroom.words import languages, markdown
from chatroom.words.help import Help, page

WIDTH, HEIGHT = 860, 640
WIDTH_LEAST, HEIGHT_LEAST = 480, 400


def show(widget: tk.Misc) -> None:
    """Show the help of a widget's root, in the language spoken now: in one window, on top."""
    root = widget.nametowidget(".")
    follow(root)
    (_open_now(root) or HelpWindow(root)).take_keyboard()


def follow(widget: tk.Misc) -> None:
    """Have the help look as the root does now, and be in the language spoken now, if it is open."""
    window = _open_now(widget.nametowidget("."))
    if window is not None:
        window.follow()


class HelpWindow(tk.Toplevel):
    """Reads like a book: the sections at the left, the text at the right, a search above."""

    def __init__(self, root: tk.Tk) -> None:
        super().__init__(root)
        self._look = theme.of(root)
        self._language = languages.current()
        self._found: list[str] = []
        self._rank = 0
        self._marked = -1
        self._set_size()
        self._words = tk.StringVar(self)
        self._words.trace_add("write", lambda *_: self._search())
        self._build()
        keys.bind(self, "<Escape>", self._escape)
        keys.bind(self, "<<Find>>", self._open_search)

    def take_keyboard(self) -> None:
        """Come to the front, ready to be scrolled by keys."""
        self.deiconify()
        self.lift()
        self._page.focus_force()

    def follow(self) -> None:
        """Be built anew where the theme or the language is another; stay in the same section."""
        look, language = theme.of(self), languages.current()
        if (look, language) == (self._look, self._language):
            return
        self._look, self._language = look, language
        section = self._page.section
        has_keyboard = str(self.tk.call("focus")).startswith(str(self))
        for child in self.winfo_children():
            child.destroy()
        self._set_least_size()
        self._build()
        self.update_idletasks()
        self._page.go_to(section)
        self._search()
        if has_keyboard:
            self._page.focus_set()

    # Building --------------------------------------------------------------------------

    def _set_size(self) -> None:
        px, screen = self._look.px, (self.winfo_screenwidth(), self.winfo_screenheight())
        width, height = min(px(WIDTH), screen[0]), min(px(HEIGHT), screen[1])
        self.geometry(f"{width}x{height}")
        self._set_least_size()

    def _set_least_size(self) -> None:
        px = self._look.px
        width = min(px(WIDTH_LEAST), self.winfo_screenwidth())
        self.minsize(width, min(px(HEIGHT_LEAST), self.winfo_screenheight()))

    def _build(self) -> None:
        c, px = self._look.c, self._look.px
        self.title(Help.TITLE())
        self.configure(background=c.panel)
        self.columnconfigure(2, weight=1)
        self.rowconfigure(2, weight=1)
        self._build_search().grid(row=0, column=0, columnspan=4, sticky="ew")
        line = ttk.Frame(self, style="Line.TFrame", height=max(px(1), 1))
        line.grid(row=1, column=0, columnspan=4, sticky="ew")
        self._contents = ttk.Treeview(self, show="tree", selectmode="browse", height=3)
        self._contents.grid(row=2, column=0, sticky="ns", padx=px(6), pady=px(6))
        self._page = help_page.HelpPage(self)
        bar = ttk.Scrollbar(self, command=self._page.yview, style="Panel.Slim.Vertical.TScrollbar")
        beside = ttk.Frame(self, style="Line.TFrame", width=max(px(1), 1))
        beside.grid(row=2, column=1, sticky="ns")
        self._page.grid(row=2, column=2, sticky="nsew")
        bar.grid(row=2, column=3, sticky="ns")

        def scrolled(first: float, last: float) -> None:
            bar.set(first, last)
            self._moved()

        self._page.configure(yscrollcommand=scrolled)
        self._page.show(markdown.parse(page()))
        self._fill_contents()

    def _build_search(self) -> ttk.Frame:
        look, px = self._look, self._look.px
        head = ttk.Frame(self, padding=(px(16), px(6), px(10), px(6)))
        head.columnconfigure(1, weight=1)
        self._field = ttk.Entry(head, textvariable=self._words, font=look.body, width=8)
        self._said = ttk.Label(head, style="Faded.TLabel")
        older = ("previous", Help.PREVIOUS(), lambda: self._step(-1), Help.PREVIOUS_HINT())
        newer = ("next", Help.NEXT(), lambda: self._step(1), Help.NEXT_HINT())
        ttk.Label(head, image=look.icon("search", look.c.faded)).grid(row=0, padx=(0, px(6)))
        self._field.grid(row=0, column=1, sticky="ew")
        self._said.grid(row=0, column=2, padx=px(10))
        icon_button.IconButton(head, *older).grid(row=0, column=3)
        icon_button.IconButton(head, *newer).grid(row=0, column=4)
        keys.set_up(self)
        for enter in ("Return", "KP_Enter"):
            keys.bind(self._field, f"<{enter}>", lambda: self._step(1))
            keys.bind(self._field, f"<Shift-{enter}>", lambda: self._step(-1))
        keys.bind(self._field, "<Prior>", lambda: self._page.yview_scroll(-1, "pages"))
        keys.bind(self._field, "<Next>", lambda: self._page.yview_scroll(1, "pages"))
        return head

    def _fill_contents(self) -> None:
        look, rows = self._look, self._contents
        for number, section in enumerate(self._page.sections):
            rows.insert("", "end", iid=str(number), text=section)
        widest = max(look.body.measure(section) for section in self._page.sections)
        rows.column("#0", width=widest + look.px(24), stretch=True)
        rows.bind("<<TreeviewSelect>>", lambda _: self._chosen())
        rows.bind("<ButtonRelease-1>", lambda _: self._page.go_to(self._marked))
        self._marked = -1
        self._moved()

    # The way through the text ----------------------------------------------------------

    def _chosen(self) -> None:
        """Go to the chosen section, unless it is we who marked it."""
        section = int(self._contents.selection()[0])
        if section != self._marked:
            self._marked = section
            self._page.go_to(section)

    def _moved(self) -> None:
        """Mark the section that is read now."""
        section = self._page.section
        if section != self._marked and self._contents.exists(str(section)):
            self._marked = section
            self._contents.selection_set(str(section))
            self._contents.focus(str(section))
            self._contents.see(str(section))

    # Searching -------------------------------------------------------------------------

    def _open_search(self) -> None:
        self._field.focus_set()
        self._field.selection_range(0, "end")

    def _search(self) -> None:
        """Look for what stands in the field, from what is in view on."""
        self._found = self._page.find(self._words.get().strip())
        top = self._page.index("@0,0")
        below = (n for n, at in enumerate(self._found) if self._page.compare(at, ">=", top))
        self._rank = next(below, 0)
        self._show_hit()

    def _step(self, by: int) -> None:
        if self._found:
            self._rank = (self._rank + by) % len(self._found)
            self._show_hit()

    def _show_hit(self) -> None:
        words = self._words.get().strip()
        said = Help.NOTHING() if words else ""
        if self._found:
            said = Help.RANK(rank=self._rank + 1, count=len(self._found))
            self._page.show_hit(self._found[self._rank], words)
        self._said.configure(text=said)

    def _escape(self) -> None:
        """Leave the search, or else the help."""
        if self._words.get():
            self._words.set("")
            self._page.focus_set()
        else:
            self.destroy()


def _open_now(root: tk.Misc) -> HelpWindow | None:
    open_now = (one for one in root.winfo_children() if isinstance(one, HelpWindow))
    return next(open_now, None)
