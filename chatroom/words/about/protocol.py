"""What both sides refuse: names, addresses, and who is not let in."""

from chatroom.protocol import addresses, names, wire
from chatroom.words.about import Sentences

SENTENCES = Sentences(
    {
        names.BadName.MISSING: ("Please type a name.", "Silakan ketik nama."),
        names.BadName.SPACE_AT_AN_END: (
            "A name neither starts nor ends with a space.",
            "Nama tidak boleh diawali atau diakhiri spasi.",
        ),
        names.BadName.TOO_LONG: (
            "A name has at most {most} characters; this one has {size}.",
            "Nama paling panjang {most} karakter; yang ini {size}.",
        ),
        names.BadName.UNSEEN: (
            "A name cannot hold invisible, control or text-direction characters.",
            "Nama tidak boleh berisi karakter yang tak terlihat, karakter kontrol atau pengubah "
            "arah teks.",
        ),
        names.BadName.LONE_MARK: (
            "A name cannot begin with an accent or other mark without a letter.",
            "Nama tidak boleh diawali aksen atau tanda lain tanpa huruf.",
        ),
        names.BadName.COLON: (
            "A name cannot end with a colon, nor have one before a space.",
            "Nama tidak boleh diakhiri titik dua, atau berisi titik dua sebelum spasi.",
        ),
        names.BadName.MIXED_SCRIPTS: (
            "A name cannot mix letters of alphabets that look alike, such as Latin and Cyrillic.",
            "Nama tidak boleh mencampur huruf dari abjad yang mirip, misalnya Latin dan Kiril.",
        ),
        names.BadName.RESERVED: (
            "The name {given!r} is reserved. Please choose another.",
            "Nama {given!r} tidak boleh dipakai. Silakan pilih nama lain.",
        ),
        addresses.BadNetwork.MISSING: (
            "which address? Such as 192.168.1.20 or 192.168.1.0/24",
            "alamat yang mana? Misalnya 192.168.1.20 atau 192.168.1.0/24",
        ),
        addresses.BadNetwork.NEITHER_ADDRESS_NOR_NETWORK: (
            "{given!r} is neither an address such as 192.168.1.20 nor a network such as "
            "192.168.1.0/24.",
            "{given!r} bukan alamat seperti 192.168.1.20 dan bukan jaringan seperti "
            "192.168.1.0/24.",
        ),
        wire.Hint.NOT_ALLOWED: (
            "The host does not let your address in.",
            "Tuan rumah tidak mengizinkan alamat Anda masuk.",
        ),
        wire.Hint.OTHER_VERSION: (
            "The server speaks another version of this program.",
            "Server memakai versi lain dari program ini.",
        ),
    },
)
