"""The ttk styles, drawn with pictures on clam: one table of names for all windows.

Buttons: Accent (the one thing to do), Plain, Bad (what takes something away), Ghost (icons
in a head), Warn.Ghost and Bad.Ghost (in a banner). Frames: Chat, Line, Warn and Bad (flat),
Card, Track, Good, Idle and Busy (rounded). Labels: Title, Bold, Faded, Small, Tiny, Alarm,
Warn, Bad, Good, Idle, Busy. Seg.TRadiobutton is a tab in a Track, Slim and Panel.Slim are
scroll bars in the conversation and elsewhere. Entry, Combobox, Checkbutton, Treeview and
Progressbar have no name of their own.

What has the keyboard has a ring or a border in the accent's colour.
"""

from tkinter import PhotoImage, ttk
from typing import Any

from chatroom.windows import pictures
from chatroom.windows.colours import mix
from chatroom.windows.fonts import Fonts
from chatroom.windows.painter import Painter

State = Any
"""A tuple: names of states that hold together, and then a picture."""

BUTTON_LABEL: list[Any] = [
    ("Button.padding", {"sticky": "nswe", "children": [("Button.label", {"sticky": "nswe"})]})
]
FIELDS_OF_CLAM = (".", "TButton", "TRadiobutton", "TCheckbutton", "TEntry", "TCombobox", "TFrame")


class Styles:
    """Makes all styles of one root, on being made."""

    def __init__(self, painter: Painter, fonts: Fonts) -> None:
        self._painter, self._fonts = painter, fonts
        self._c, self._px, self._patch = painter.c, painter.px, painter.patch
        self._style = ttk.Style(painter.root)
        self._style.theme_use("clam")
        self._ring = mix(self._c.accent, self._c.panel, 0.45)
        self._set_ground()
        self._make_buttons()
        self._make_banner_buttons()
        self._make_tabs()
        self._make_frames()
        self._make_labels()
        self._make_fields()
        self._make_check_box()
        self._make_scroll_bars()
        self._make_table()
        self._make_progress_bar()

    # Helpers ---------------------------------------------------------------------------

    def _element(self, name: str, first: PhotoImage, *states: State, r: float = 8) -> None:
        """Make an element of a picture for each state; the first one that holds is shown."""
        least = self._px(2 * r + 5)
        self._style.element_create(
            name,
            "image",
            first,
            *states,
            border=self._px(r + 2),
            padding=self._px(2),
            sticky="nswe",
            width=least,
            height=least,
        )

    def _wrap(self, name: str, element: str, inner: list[Any]) -> None:
        """Have a style consist of an element with others in it."""
        self._style.layout(name, [(element, {"sticky": "nswe", "children": inner})])

    def _set_ground(self) -> None:
        """Set what all styles begin with, also of the widgets that are not of ttk."""
        c, style = self._c, self._style
        for name in FIELDS_OF_CLAM:  # clam's greys
            style.map(name, background=[], foreground=[("disabled", c.off_ink)])
        style.configure(
            ".",
            background=c.panel,
            foreground=c.ink,
            font=self._fonts.body,
            borderwidth=0,
            insertcolor=c.ink,
            selectbackground=c.sel,
            selectforeground=c.ink,
        )
        root = self._painter.root
        root.tk.call(
            *("tk_setPalette", "background", c.panel, "foreground", c.ink),
            *("activeBackground", c.over, "activeForeground", c.ink),
            *("selectBackground", c.sel, "selectForeground", c.ink),
            *("disabledForeground", c.off_ink, "insertBackground", c.ink),
            *("highlightBackground", c.panel, "highlightColor", c.accent),
            *("troughColor", c.over, "selectColor", c.field),
        )
        root.configure(background=c.chat)
        root.option_add("*Text.font", self._fonts.body)
        root.option_add("*Menu.relief", "flat")
        root.option_add("*Menu.font", self._fonts.body)

    # Buttons ---------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        c, patch, ring = self._c, self._patch, self._ring
        self._element(
            "Accent.back",
            patch(c.accent),
            ("disabled", patch(c.off)),
            ("pressed", patch(c.accent_down)),
            ("focus", patch(c.accent, ring=ring)),
            ("active", patch(c.accent_over)),
        )
        self._element(
            "Plain.back",
            patch(c.panel, c.edge),
            ("disabled", patch(c.panel, c.line)),
            ("pressed", patch(c.down, c.edge)),
            ("focus", patch(c.panel, c.accent, ring)),
            ("active", patch(c.over, c.edge)),
        )
        self._element(
            "Ghost.back",
            patch(""),
            ("disabled", patch("")),
            ("pressed", patch(c.down)),
            ("focus", "selected", patch(c.over, c.accent, ring)),
            ("selected", patch(c.over)),
            ("focus", patch(c.panel, c.accent, ring)),
            ("active", patch(c.over)),
        )
        plain, wide, narrow = "Plain.back", (16, 8), (8, 7)
        self._make_button("TButton", plain, c.ink, wide)
        self._make_button("Plain.TButton", plain, c.ink, wide)
        self._make_button("Bad.TButton", plain, c.bad, wide)
        self._make_button("Accent.TButton", "Accent.back", c.on_accent, wide)
        self._make_button("Ghost.TButton", "Ghost.back", c.ink, narrow)
        self._style.configure("Accent.TButton", font=self._fonts.bold)

    def _make_banner_buttons(self) -> None:
        c, patch = self._c, self._patch
        for name, back, ink in (("Warn", c.warn, c.warn_ink), ("Bad", c.alarm, c.alarm_ink)):
            over, down = mix(ink, back, 0.1), mix(ink, back, 0.2)
            self._element(
                f"{name}.back",
                patch(""),
                ("disabled", patch("")),
                ("pressed", patch(down)),
                ("focus", patch(back, ink)),
                ("active", patch(over)),
            )
            self._make_button(f"{name}.Ghost.TButton", f"{name}.back", ink, (12, 5))
            self._style.configure(f"{name}.Ghost.TButton", background=back, font=self._fonts.bold)

    def _make_button(self, name: str, element: str, ink: str, room: tuple[float, float]) -> None:
        padding = self._px(room[0]), self._px(room[1])
        self._wrap(name, element, BUTTON_LABEL)
        self._style.configure(name, padding=padding, foreground=ink, anchor="center", width=0)
        self._style.map(name, foreground=[("disabled", self._c.off_ink)])

    def _make_tabs(self) -> None:
        """Make radio buttons that look like one switch. None is bold: it would get no room."""
        c, patch = self._c, self._patch
        chosen = (c.panel, c.edge if c.panel < c.ink else c.line)
        self._element(
            "Seg.back",
            patch("", r=7),
            ("selected", "focus", patch(c.panel, c.accent, self._ring, r=7)),
            ("selected", patch(*chosen, r=7)),
            ("focus", patch("", c.accent, r=7)),
            ("active", patch(c.down, r=7)),
            r=7,
        )
        self._make_button("Seg.TRadiobutton", "Seg.back", c.faded, (16, 6))
        self._style.configure("Seg.TRadiobutton", background=c.over)
        self._style.map("Seg.TRadiobutton", foreground=[("selected", c.ink)])

    # Frames and labels -----------------------------------------------------------------

    def _make_frames(self) -> None:
        c, style = self._c, self._style
        for name, fill in (
            ("Chat", c.chat),
            ("Line", c.line),
            ("Warn", c.warn),
            ("Bad", c.alarm),
        ):
            style.configure(f"{name}.TFrame", background=fill)
        for name, fill, border, r in (
            ("Card", c.panel, c.line, 12),
            ("Track", c.over, "", 9),
            ("Good", c.good_back, "", 9),
            ("Idle", c.over, "", 9),
            ("Busy", c.warn, "", 9),
        ):
            # What is large is opaque: to blend is slow on X11.
            under = c.chat if name == "Card" else ""
            self._element(f"{name}.back", self._patch(fill, border, r=r, under=under), r=r)
            style.layout(f"{name}.TFrame", [(f"{name}.back", {"sticky": "nswe"})])
        style.configure("Card.TFrame", background=c.chat)

    def _make_labels(self) -> None:
        c, fonts = self._c, self._fonts
        for name, ink, back, font in (
            ("Title", c.ink, c.panel, fonts.title),
            ("Bold", c.ink, c.panel, fonts.bold),
            ("Small", c.ink, c.panel, fonts.small),
            ("Faded", c.faded, c.panel, fonts.small),
            ("Tiny", c.faded, c.panel, fonts.tiny),
            ("Alarm", c.bad, c.panel, fonts.small),
            ("Warn", c.warn_ink, c.warn, fonts.body),
            ("Bad", c.alarm_ink, c.alarm, fonts.body),
            ("Good", c.ink, c.good_back, fonts.small),
            ("Idle", c.faded, c.over, fonts.small),
            ("Busy", c.warn_ink, c.warn, fonts.small),
        ):
            self._style.configure(f"{name}.TLabel", foreground=ink, background=back, font=font)

    # Fields ----------------------------------------------------------------------------

    def _make_fields(self) -> None:
        c, px, patch, style = self._c, self._px, self._patch, self._style
        self._element(
            "Field.back",
            patch(c.field, c.edge, r=9),
            ("disabled", patch(c.off, c.line, r=9)),
            ("focus", patch(c.field, c.accent, r=9, w=1.6)),
            r=9,
        )
        style.layout("Field.TFrame", [("Field.back", {"sticky": "nswe"})])
        area: Any = {"sticky": "nswe", "children": [("Entry.textarea", {"sticky": "nswe"})]}
        self._wrap("TEntry", "Field.back", [("Entry.padding", area)])
        arrow = self._painter.icon("next", c.faded, 16)
        style.element_create(
            "Choice.arrow", "image", arrow, padding=(px(2), 0, px(8), 0), sticky=""
        )
        chosen: Any = {"sticky": "nswe", "children": [("Combobox.textarea", {"sticky": "nswe"})]}
        self._wrap(
            "TCombobox",
            "Field.back",
            [("Choice.arrow", {"side": "right"}), ("Combobox.padding", chosen)],
        )
        for name in ("TEntry", "TCombobox"):
            style.configure(name, padding=(px(10), px(7)), insertwidth=max(px(1.5), 1))
            style.map(name, foreground=[("disabled", c.off_ink)], fieldbackground=[])
            style.map(name, selectbackground=[], selectforeground=[])
        root = self._painter.root
        root.option_add("*TCombobox*Listbox.font", self._fonts.body)
        root.option_add("*TCombobox*Listbox.relief", "flat")

    def _make_check_box(self) -> None:
        c, px = self._c, self._px
        self._style.element_create(
            "Box.mark",
            "image",
            self._check_box(c.edge, ticked=False),
            ("disabled", self._check_box(c.line, ticked=False)),
            ("selected", "focus", self._check_box(c.accent, ticked=True, has_focus=True)),
            ("selected", self._check_box(c.accent, ticked=True)),
            ("focus", self._check_box(c.accent, ticked=False, has_focus=True)),
            sticky="",
        )
        label: Any = (
            "Checkbutton.padding",
            {"side": "left", "children": [("Checkbutton.label", {})]},
        )
        self._style.layout("TCheckbutton", [("Box.mark", {"side": "left"}), label])
        self._style.configure("TCheckbutton", padding=(px(6), px(2)))

    def _check_box(self, border: str, *, ticked: bool, has_focus: bool = False) -> PhotoImage:
        px, c = self._px, self._c
        side, radius, gap = px(20), px(6), px(2)
        line = max(px(1), 1)
        corners = (radius,) * 4

        def make() -> bytes:
            layers = [(pictures.box(side, side, corners), self._ring)] if has_focus else []
            layers.append((pictures.box(side, side, corners, gap), border))
            inner = border if ticked else c.field
            layers.append((pictures.box(side, side, corners, gap + line), inner))
            if ticked:
                layers.append(
                    (pictures.icon("check", side, 1.8 * self._painter.scale), c.on_accent)
                )
            return pictures.paint(side, side, layers)

        return self._painter.picture(("check", border, ticked, has_focus), make)

    # Lists -----------------------------------------------------------------------------

    def _make_scroll_bars(self) -> None:
        c, px, style = self._c, self._px, self._style
        still = self._patch(c.thumb, r=3.5, grow=(0, 40))
        moved = self._patch(c.thumb_over, r=3.5, grow=(0, 40))
        style.element_create(
            "Slim.thumb",
            "image",
            still,
            ("disabled", self._patch("", r=3.5, grow=(0, 40))),
            ("pressed", moved),
            ("active", moved),
            border=px(5.5),
            sticky="ns",
            height=px(36),
        )
        style.element_create("Slim.trough", "from", "default", "Vertical.Scrollbar.trough")
        thumb: Any = [("Slim.thumb", {"expand": 1, "sticky": "ns"})]
        for name, back in (("Slim", c.chat), ("Panel.Slim", c.panel), ("Vertical", c.panel)):
            style_name = f"{name}.Vertical.TScrollbar".removeprefix("Vertical.")
            style.layout(style_name, [("Slim.trough", {"sticky": "ns", "children": thumb})])
            style.configure(style_name, background=back, troughcolor=back, troughrelief="flat")
            style.map(style_name, background=[])

    def _make_table(self) -> None:
        c, px, style, fonts = self._c, self._px, self._style, self._fonts
        self._element(
            "Table.back", self._patch(c.panel), ("focus", self._patch(c.panel, c.accent, w=1.6))
        )
        self._wrap("Treeview", "Table.back", [("Treeview.treearea", {"sticky": "nswe"})])
        style.configure("Treeview", background=c.panel, fieldbackground=c.panel, font=fonts.body)
        style.configure("Treeview", rowheight=px(36))
        chosen = mix(c.accent, c.panel, 0.18)
        style.map("Treeview", background=[("selected", chosen)], foreground=[("selected", c.ink)])
        head = "Treeview.Heading"
        style.configure(head, background=c.panel, foreground=c.faded, font=fonts.small)
        style.configure(head, relief="flat", padding=(px(4), px(8)))
        style.map(head, background=[("active", c.over)])
        text: Any = {"sticky": "nswe", "children": [("Treeheading.text", {"sticky": "we"})]}
        cell: Any = ("Treeheading.cell", {"sticky": "nswe"})
        style.layout(head, [cell, ("Treeheading.padding", text)])

    def _make_progress_bar(self) -> None:
        c = self._c
        self._style.configure(
            "Horizontal.TProgressbar",
            thickness=self._px(6),
            background=c.accent,
            lightcolor=c.accent,
            darkcolor=c.accent,
            troughcolor=c.over,
            bordercolor=c.over,
        )
