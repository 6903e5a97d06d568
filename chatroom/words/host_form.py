"""What stands in the host's form and on the invitation; & is before a letter for Alt."""

from chatroom.words.text import Text


class RoomForm(Text):
    """The form: what the room is opened with."""

    WINDOW = "Chat room server", "Server ruang obrolan"
    TITLE = "Room", "Ruang"
    STOPPED = "Stopped", "Berhenti"
    STARTING = "Starting \u2026", "Memulai \u2026"
    READING = "Reading the archive: {percent} %", "Membaca arsip: {percent} %"
    RUNNING = "Running", "Berjalan"
    RUNNING_SINCE = "Running since {since}", "Berjalan sejak {since}"
    STOPPING = "Stopping \u2026", "Menghentikan \u2026"
    ALONE = "Nobody else is here", "Belum ada orang lain"
    OTHERS = "You and {count:other|others}", "Anda dan {count:,} orang lain"
    MESSAGES = "{count:message|messages}", "{count:,} pesan"
    PASSWORD = "Pass&word", "Kata sand&i"
    SHOW = "S&how", "&Tampilkan"
    MAKE = "Make a stron&g one", "Buatkan &yang kuat"
    COPY_PASSWORD = "Copy the password", "Salin kata sandi"
    COPIED_PASSWORD = "The password was copied.", "Kata sandi disalin."
    ROOM = "Room &name", "&Nama ruang"
    OUR_ROOM = "Chat room", "Ruang obrolan"
    NAME = "&Your name", "Nama An&da"
    OUR_NAME = "Host", "Tuan rumah"
    HOST = "&IP address", "A&lamat IP"
    HOST_HINT = (
        "0.0.0.0 means all addresses of this computer",
        "0.0.0.0 berarti semua alamat komputer ini",
    )
    PORT = "P&ort", "P&ort"
    ALLOWED = "&Allow only", "Hanya i&zinkan"
    ALLOWED_HINT = (
        "addresses or networks; empty allows everybody",
        "alamat atau jaringan; kosong berarti semua orang boleh masuk",
    )
    ARCHIVE = "Archi&ve", "Arsi&p"
    ARCHIVE_HINT = (
        "a spreadsheet that keeps all messages",
        "spreadsheet yang menyimpan semua pesan",
    )
    ARCHIVE_WHICH = "Where are messages kept?", "Di mana pesan disimpan?"
    ARCHIVE_FILES = "Archives", "Arsip"
    ALL_FILES = "All files", "Semua berkas"
    CHOOSE = "Choose \u2026", "Pilih \u2026"
    MORE = "&More settings", "Pen&gaturan lain"
    ACCESS = "Passwor&d and access", "Kata sandi &dan izin"
    CHANGE = "Change", "Ganti"
    APPLY = "Apply", "Terapkan"
    START = "&Start", "&Mulai"
    STOP = "S&top", "&Hentikan"


class Invite(Text):
    """The card that tells what others need, and gives it to them."""

    TITLE = "Invite others", "Undang yang lain"
    NOT_YET = (
        "Start the room: then the address stands here, and a text to send to your friends.",
        "Mulai ruangnya: setelah itu di sini ada alamat, dan undangan untuk teman-teman Anda.",
    )
    PLACE = "{address}  port {port}", "{address}  port {port}"
    ONLY_HERE = (
        "Only this computer can come in by this address.",
        "Hanya komputer ini yang bisa memakai alamat ini.",
    )
    PORT = "port {port}", "port {port}"
    COPY_ADDRESS = "Copy address", "Salin alamat"
    COPY = "Copy in&vitation", "&Salin undangan"
    COPIED = "Copied", "Disalin"
    SAVE = "Save for a &friend \u2026", "Si&mpan untuk teman \u2026"
    SAVE_WHERE = "Save the program for a friend", "Simpan program untuk teman"
    FILE_NAME = "Chat room", "Ruang obrolan"
    FILES = "Python programs", "Program Python"
    SAVED = (
        "Saved as {name}. Send it to your friend, who needs Python 3.10 or newer to open it. "
        "The password is not in it: tell it in another way.",
        "Disimpan sebagai {name}. Kirimkan kepada teman Anda, yang membukanya dengan Python 3.10 "
        "atau lebih baru. Kata sandi tidak ada di dalamnya: sampaikan lewat jalan lain.",
    )
    NOT_SAVED = (
        "{path} cannot be written: {error}. Choose another folder or name.",
        "{path} tidak bisa ditulis: {error}. Pilih folder atau nama lain.",
    )
