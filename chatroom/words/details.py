"""What a window tells of its room, when asked."""

from chatroom.words.text import Text


class Details(Text):
    """The lines, and the button below them."""

    TITLE = "About this room", "Tentang ruang ini"
    ROOM = "Room: {name}", "Ruang: {name}"
    SERVER = "Server: {server}", "Server: {server}"
    KEY = "The host's key: {key}", "Kunci tuan rumah: {key}"
    NO_KEY = (
        "The host's key is known once the room is open.",
        ("Kunci tuan rumah diketahui begitu ruang terbuka."),
    )
    COMPARE = (
        "Whoever reads the same key in the host's window talks to this host and to nobody else. "
        "It stays the same as long as the host keeps the hidden file beside the archive.",
        "Siapa pun yang membaca kunci yang sama di jendela tuan rumah berbicara dengan tuan "
        "rumah ini dan bukan dengan orang lain. Kunci itu tetap sama selama tuan rumah "
        "menyimpan berkas tersembunyi di samping arsip.",
    )
    CLOSE = "&Close", "&Tutup"
