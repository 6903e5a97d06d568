"""What stands in the questions before the chat, and on the page that connects."""

from chatroom.words.text import Text


class Joining(Text):
    """Titles, hints and buttons; the letter after "&" presses it together with Alt."""

    TITLE = "Join a chat room", "Masuk ke ruang obrolan"
    STEP = "Step {step} of {steps}", "Langkah {step} dari {steps}"
    ADDRESS = "Address of the server", "Alamat server"
    ADDRESS_HINT = (
        "Such as 192.168.1.20, or with its port 192.168.1.20:8080. "
        "You can also paste the whole invitation.",
        "Misalnya 192.168.1.20, atau dengan port-nya 192.168.1.20:8080. "
        "Undangan utuh juga bisa ditempel di sini.",
    )
    PORT = "Port of the server", "Port server"
    PORT_HINT = (
        "The number that the host tells you; usually {default}.",
        "Nomor dari tuan rumah; biasanya {default}.",
    )
    PASSWORD = "Password of the room", "Kata sandi ruang"
    PASSWORD_HINT = (
        "Ask the host for it. It is not kept on this computer.",
        "Tanyakan kepada tuan rumah. Kata sandi tidak disimpan di komputer ini.",
    )
    NAME = "Your name in the room", "Nama Anda di ruang"
    NAME_HINT = (
        "Everybody in the room sees it beside your messages.",
        "Semua orang di ruang melihatnya di samping pesan Anda.",
    )
    SHOW = "&Show the password", "&Tampilkan kata sandi"
    RECENT = "&Recent rooms", "&Ruang terakhir"
    AS = "as {name}", "sebagai {name}"
    BACK = "&Back", "&Kembali"
    CANCEL = "&Cancel", "B&atal"
    NEXT = "&Next", "&Lanjut"
    JOIN = "&Join", "&Masuk"
    CONNECTING = "Connecting\u2026", "Menyambung\u2026"
    CHANGE_ADDRESS = "Change &address\u2026", "&Ubah alamat\u2026"
