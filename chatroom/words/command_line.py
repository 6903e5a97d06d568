"""The command lines of both programs: what each option is for, with examples."""

from chatroom.words.text import Text


class CommandLine(Text):
    """Descriptions, options and examples."""

    SERVER = "Host a private chat room.", "Membuka ruang obrolan pribadi sebagai tuan rumah."
    CLIENT = "Talk in a private chat room.", "Mengobrol di ruang obrolan pribadi."
    OF_OPTION = "argument ", "opsi "
    LANGUAGE = (
        "language: en (English) or id (Bahasa Indonesia); default: the one chosen before, "
        "or the system's",
        "bahasa: en (English) atau id (Bahasa Indonesia); bawaan: yang dipilih sebelumnya, "
        "atau bahasa sistem",
    )
    PASSWORD_FILE = (
        "read the password from this file's first line",
        "baca kata sandi dari baris pertama berkas ini",
    )
    HEADLESS = (
        "host without a window; type help for the commands",
        "tanpa jendela; ketik help untuk melihat perintahnya",
    )
    LISTEN_HOST = (
        "address of this computer to listen on (default: 0.0.0.0, all of them)",
        "alamat komputer ini yang dipakai (bawaan: 0.0.0.0, semuanya)",
    )
    LISTEN_PORT = (
        "UDP port to listen on (default: {default})",
        "port UDP yang dipakai (bawaan: {default})",
    )
    ROOM = "name of the room (default: {default})", "nama ruang (bawaan: {default})"
    HOST_NAME = (
        "the name you speak under as the host (default: {default})",
        "nama Anda di ruang sebagai tuan rumah (bawaan: {default})",
    )
    ARCHIVE = (
        "where the messages are kept (default: archive.csv beside this program)",
        "tempat pesan disimpan (bawaan: archive.csv di samping program ini)",
    )
    CONSOLE = (
        "talk in the terminal; in a pipe each line of the input is a message",
        "mengobrol di terminal; lewat pipe setiap baris masukan adalah satu pesan",
    )
    JSON = (
        "with --console: print messages as JSON objects, one a line",
        "dengan --console: cetak pesan sebagai objek JSON, satu per baris",
    )
    FOLLOW = (
        "with --console: stay after the end of the input",
        "dengan --console: tetap di ruang setelah masukan berakhir",
    )
    HISTORY = (
        "how many earlier messages to fetch (default: {default})",
        "berapa pesan terdahulu yang diambil (bawaan: {default})",
    )
    SERVER_HOST = "address of the server", "alamat server"
    SERVER_PORT = (
        "port of the server (default: {default})",
        "port server (bawaan: {default})",
    )
    PER_ADDRESS = (
        "sessions that one address may have, where many people share it (default: {default})",
        "jumlah sesi untuk satu alamat, kalau dipakai banyak orang bersama (bawaan: {default})",
    )
    NAME = "your name in the room", "nama Anda di ruang"
    NEW_HOST = (
        "trust the host, also where its key is another than before (with --console)",
        "percayai tuan rumah, meskipun kuncinya lain dari sebelumnya (dengan --console)",
    )
    FORGET = (
        "forget the rooms, names and settings that are remembered, and end",
        "lupakan ruang, nama, dan pengaturan yang diingat, lalu selesai",
    )
    FORGOTTEN = (
        "All that this program remembered on this computer is forgotten.",
        "Semua yang diingat program ini di komputer ini sudah dilupakan.",
    )
    HISTORY_BAD = (
        "{given!r} is neither a number nor all",
        "{given!r} bukan angka dan bukan all",
    )
    PASSWORD_FROM = (
        "The password is asked for. It may also come from --password-file, or from the\n"
        "environment variable {variable}.",
        "Kata sandi akan ditanyakan. Bisa juga diberikan dengan --password-file, atau\n"
        "lewat variabel lingkungan {variable}.",
    )
    SERVER_EXAMPLES = (
        "examples:\n"
        "  server.py                    open the window, with a form and a Start button\n"
        "  server.py --headless         host in this terminal\n"
        '  server.py --headless --port 9000 --room "Class 7" --name Ratna\n'
        "  server.py --headless --archive friends.csv --password-file secret.txt",
        "contoh:\n"
        "  server.py                    buka jendela dengan formulir dan tombol Mulai\n"
        "  server.py --headless         jadi tuan rumah di terminal ini\n"
        '  server.py --headless --port 9000 --room "Kelas 7" --name Ratna\n'
        "  server.py --headless --archive teman.csv --password-file rahasia.txt",
    )
    CLIENT_EXAMPLES = (
        "examples:\n"
        "  client.py                    ask what is needed, then open the chat window\n"
        "  client.py --host 192.168.1.20 --name Ana\n"
        "  client.py --console          talk in this terminal; /help lists the commands\n"
        '  echo "backup done" | client.py --console --host 192.168.1.20 --name nas\n'
        "  client.py --console --json --follow --history all --host 192.168.1.20 --name log",
        "contoh:\n"
        "  client.py                    tanyakan yang perlu, lalu buka jendela obrolan\n"
        "  client.py --host 192.168.1.20 --name Ana\n"
        "  client.py --console          mengobrol di terminal ini; /help memuat perintahnya\n"
        '  echo "backup selesai" | client.py --console --host 192.168.1.20 --name nas\n'
        "  client.py --console --json --follow --history all --host 192.168.1.20 --name log",
    )


ARGPARSE_INDONESIAN = {
    "usage: ": "pemakaian: ",
    "options": "opsi",
    "show this help message and exit": "tampilkan bantuan ini, lalu selesai",
    "%(prog)s: error: %(message)s\n": "%(prog)s: kesalahan: %(message)s\n",
    "expected one argument": "perlu satu nilai",
    "ignored explicit argument %r": "tidak menerima nilai, tetapi diberi %r",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r bukan pilihan (pilih dari %(choices)s)"
    ),
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s tidak jelas: bisa berarti %(matches)s"
    ),
    "the following arguments are required: %s": "yang berikut ini wajib diisi: %s",
    "unrecognized arguments: %s": "tidak dikenal: %s",
    "invalid %(type)s value: %(value)r": "%(value)r bukan %(type)s yang benar",
}
"""What argparse itself says, by its English."""
