"""The terminal: its questions, its commands and what they answer."""

from chatroom.words.text import Text


class Ask(Text):
    """Questions before the chat; brackets hold what Enter alone answers."""

    SERVER = "Address of the server{default}: ", "Alamat server{default}: "
    PORT = "Port{default}: ", "Port{default}: "
    PASSWORD = "Password (not shown): ", "Kata sandi (tidak ditampilkan): "
    NAME = "Your name{default}: ", "Nama Anda{default}: "
    NEW_PASSWORD = (
        "Password for the room (not shown): ",
        "Kata sandi untuk ruang ini (tidak ditampilkan): ",
    )


class Command(Text):
    """What is typed in place of a message, and what it answers."""

    NEW_HOST = (
        "Ask the host; --new-host goes on with the new key.",
        "Tanyakan kepada tuan rumah; --new-host meneruskan dengan kunci yang baru.",
    )
    CONNECTING = "Connecting to {server} \u2026", "Menyambung ke {server} \u2026"
    HINT = "/help lists what you can type here.", "/help memuat apa saja yang bisa diketik di sini."
    HELP = (
        "/who               who is in the room\n"
        "/find WORDS        find messages; from:NAME before them: of a person\n"
        "/history [N]       earlier messages, {count} or N at a time\n"
        "/help              this list\n"
        "/exit              leave (also exit, or Ctrl+D)\n"
        "//text             send a text that begins with a slash\n"
        "Up and Down bring back what you sent; Ctrl+A, E, K, U and W edit as in a shell.",
        "/who               siapa saja di ruang\n"
        "/find KATA         cari pesan; from:NAMA di depannya: dari seseorang\n"
        "/history [N]       pesan sebelumnya, {count} atau N sekaligus\n"
        "/help              daftar ini\n"
        "/exit              keluar (juga exit, atau Ctrl+D)\n"
        "//teks             kirim teks yang diawali garis miring\n"
        "Panah atas dan bawah mengembalikan yang sudah Anda kirim; Ctrl+A, E, K, U dan W\n"
        "menyunting seperti di shell.",
    )
    UNKNOWN = (
        "Not sent: there is no command {verb}. /help lists them; type two slashes, //, to send "
        "a text that begins with one. The Up key brings the line back.",
        "Tidak terkirim: tidak ada perintah {verb}. /help memuat daftarnya; ketik dua garis "
        "miring, //, untuk mengirim teks yang diawali garis miring. Panah atas memunculkan "
        "lagi baris itu.",
    )
    WHO = (
        "{count:person is|people are} in the room: {names}",
        "{count:,} orang di ruang: {names}",
    )
    FIND_WHAT = (
        "What to look for? /find WORDS, and from:NAME for what somebody said.",
        "Cari apa? /find KATA, dan from:NAMA untuk pesan dari seseorang.",
    )
    HISTORY_BAD = (
        "{given!r} is no number from 1 to {most}. Such as /history 50, or /history alone.",
        "{given!r} bukan angka dari 1 sampai {most}. Misalnya /history 50, atau /history saja.",
    )
    NOT_YET = (
        "There are no messages before you are in the room.",
        "Belum ada pesan sebelum Anda masuk ke ruang.",
    )
    BEGINNING = "This is the beginning of the room.", "Ini awal percakapan."
    EARLIER = (
        "Messages {first:,} to {last:,}:",
        "Pesan {first:,} sampai {last:,}:",
    )
    GO_ON = (
        "/history shows the ones before these.",
        "/history menampilkan yang sebelum ini.",
    )
    WAITS = "waiting: {text}", "menunggu: {text}"
    MORE_WAIT = (
        "{count:more waits|more wait}",
        "{count:,} lagi menunggu",
    )
