"""What is said in several places, and of no single event."""

from chatroom.words.text import Text


class Phrase(Text):
    """Sentences and parts of them."""

    ONE_CAME = "{name} joined.", "{name} masuk."
    TWO_CAME = "{name} and {other} joined.", "{name} dan {other} masuk."
    MANY_CAME = "{name} and {count:,} others joined.", "{name} dan {count:,} orang lain masuk."
    ONE_WENT = "{name} left.", "{name} keluar."
    TWO_WENT = "{name} and {other} left.", "{name} dan {other} keluar."
    MANY_WENT = "{name} and {count:,} others left.", "{name} dan {count:,} orang lain keluar."
    WAITS = (
        "{count:message waits and will be sent by itself|"
        "messages wait and will be sent by themselves}.",
        "{count:,} pesan menunggu dan akan terkirim dengan sendirinya.",
    )
    RECONNECTING = "Reconnecting \u2026", "Menyambung kembali \u2026"
    STOPPED = (
        "The host closed the room. You come back by yourself when it opens again.",
        "Tuan rumah menutup ruang. Anda masuk lagi dengan sendirinya begitu ruang dibuka.",
    )
    NOT_BACK = "The server has not come back.", "Server belum kembali."
    LOG_FAILED = (
        "Not all could be written where this prints: {error}. It goes on all the same.",
        "Tidak semua keluaran dapat ditulis: {error}. Program tetap berjalan.",
    )
    NO_ANSWER = (
        "No answer from {server}. Is the server started, and are address and port right? "
        "A firewall on the server's computer may block UDP, and with a VPN both of you "
        "must be connected to it.",
        "Tidak ada jawaban dari {server}. Apakah server sudah dijalankan, dan apakah alamat "
        "dan port benar? Firewall di komputer server mungkin memblokir UDP, dan dengan VPN "
        "kalian berdua harus tersambung ke VPN itu.",
    )
    INVITATION = (
        "Join my chat room: run client.py, type the address {host} and port {port}, "
        "and ask me for the password.",
        "Ayo masuk ke ruang obrolan saya: jalankan client.py, ketik alamat {host} dan port "
        "{port}, lalu tanyakan kata sandinya kepada saya.",
    )
    FOUND_NOTHING = "Nothing was found.", "Tidak ada yang ditemukan."
    FOUND = (
        "{count:message found|messages found}:",
        "{count:,} pesan ditemukan:",
    )
    FOUND_MORE = (
        "{count:,} messages found, {older:,} of them older than these:",
        "{count:,} pesan ditemukan, {older:,} di antaranya lebih lama dari yang ini:",
    )
    FOUND_TOO_MANY = (
        "More than {count:,} messages found; these are the newest:",
        "Lebih dari {count:,} pesan ditemukan; ini yang terbaru:",
    )
    STATUS = (
        "people besides you: {people:,}; connected: {sessions:,}; at the door, without the "
        "password yet: {half_open:,}; addresses with wrong passwords: {guessing:,}",
        "orang selain Anda: {people:,}; tersambung: {sessions:,}; di depan pintu, belum "
        "memasukkan kata sandi: {half_open:,}; alamat dengan kata sandi salah: {guessing:,}",
    )
    DISK_FULL = "free some space on that disk", "kosongkan sebagian isi disk itu"
