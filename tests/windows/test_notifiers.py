"""Messages on the desktop: what each system's program is given, and what it may do wrong."""

import os
import shutil
import signal
import struct
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatroom.windows import notifiers, win32
from tests.tools.notify import HANG, FakeProgram, is_running
from tests.tools.processes import wait_for
from tests.tools.windows import WindowTest

has_scripts = unittest.skipIf(os.name == "nt", "no scripts among its programs, none is used")


class ProgramTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def settle(self, notifier: notifiers.Notifier) -> None:
        """Wait for the end of what it has started."""

        def ended() -> bool:
            notifier.tidy()
            return not notifier.is_busy

        wait_for(ended, 20, "the end of a program")

    def show(self, notifier: notifiers.Notifier, title: str, body: str) -> None:
        notifier.show(title, body)
        self.settle(notifier)


@has_scripts
class NotifySend(ProgramTest):
    def make(self, then: str = "print(len(list(folder.glob('*.json'))))", **more: str) -> None:
        self.fake = FakeProgram(self.folder, "notify-send", then, **more)
        self.notifier = notifiers.NotifySend(str(self.fake.path))
        self.settle(self.notifier)
        self.addCleanup(self.notifier.close)

    def options(self) -> list[list[str]]:
        return [words[: words.index("--")] for words in self.fake.calls]

    def test_a_body_is_shown_as_it_was_written(self) -> None:
        self.make()
        self.show(self.notifier, "<Budi>", "<b>a & b</b> C:\\new \\377 \\")
        self.assertEqual(
            self.fake.texts,
            [["<Budi>", "&lt;b&gt;a &amp; b&lt;/b&gt; C:\\\\new \\\\377 \\\\"]],
        )

    def test_no_text_is_taken_for_an_option(self) -> None:
        self.make()
        self.show(self.notifier, "--help", "-x")
        self.assertEqual(self.fake.calls[0][-3:], ["--", "--help", "-x"])

    def test_any_text_can_be_given(self) -> None:
        self.make()
        self.show(self.notifier, "\U0001f389 \u0645\u0631\u062d\u0628\u0627", "\ud800 \udcff")
        self.assertEqual(self.fake.texts, [["\U0001f389 \u0645\u0631\u062d\u0628\u0627", "? ?"]])

    def test_each_takes_the_place_of_the_last_one(self) -> None:
        self.make()
        for body in ("one", "two", "three"):
            self.show(self.notifier, "Budi", body)
        name = "--app-name=Chat room"
        self.assertEqual(
            self.options(),
            [
                [name, "--print-id"],
                [name, "--print-id", "--replace-id=1"],
                [name, "--print-id", "--replace-id=2"],
            ],
        )

    def test_one_before_version_0_8_is_not_asked_to_replace(self) -> None:
        self.make(version="0.7.12")
        for body in ("one", "two"):
            self.show(self.notifier, "Budi", body)
        self.assertEqual(self.options(), [["--app-name=Chat room"]] * 2)

    def test_a_number_that_is_none_is_not_used(self) -> None:
        for then in ("print('--help')", "print('9' * 100)", "print(7); sys.exit(1)", "pass"):
            with self.subTest(then):
                self.make(then)
                for body in ("one", "two"):
                    self.show(self.notifier, "Budi", body)
                self.assertEqual(self.options()[-1], ["--app-name=Chat room", "--print-id"])

    def test_one_that_hangs_is_not_waited_for_and_killed(self) -> None:
        self.make(HANG)
        self.notifier.show("Budi", "one")
        self.assertTrue(self.notifier.is_busy)
        wait_for(lambda: self.fake.pids, 20, "its start")
        self.notifier.tidy()
        self.notifier.show("Budi", "not now")
        self.assertTrue(is_running(self.fake.pids[0]))
        with mock.patch.object(notifiers, "HANGS_AFTER_S", 0.0):
            self.settle(self.notifier)
        self.assertFalse(is_running(self.fake.pids[0]))
        self.assertEqual(self.fake.texts, [["Budi", "one"]])

    def test_closing_kills_what_runs(self) -> None:
        self.make(HANG)
        self.notifier.show("Budi", "one")
        wait_for(lambda: self.fake.pids, 20, "its start")
        self.notifier.close()
        self.assertFalse(is_running(self.fake.pids[0]))
        self.assertFalse(self.notifier.is_busy)

    def test_what_it_leaves_behind_is_not_waited_for(self) -> None:
        child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
        self.make(f"(folder / 'child').write_text(str({child}.pid)); os._exit(0)")
        self.show(self.notifier, "Budi", "one")  # the child holds its output open
        child_pid = int((self.folder / "child").read_text())
        self.assertTrue(is_running(child_pid))
        os.kill(child_pid, signal.SIGKILL)

    def test_endless_output_is_not_read(self) -> None:
        self.make("while True: print('7' * 1000)")
        self.notifier.show("Budi", "one")
        wait_for(lambda: self.fake.pids, 20, "its start")
        with mock.patch.object(notifiers, "HANGS_AFTER_S", 0.0):
            self.settle(self.notifier)
        self.assertFalse(is_running(self.fake.pids[0]))

    def test_one_that_has_gone_or_cannot_be_run_is_no_matter(self) -> None:
        self.make()
        self.fake.path.chmod(0o600)
        self.show(self.notifier, "Budi", "one")
        self.fake.path.unlink()
        self.show(self.notifier, "Budi", "two")
        self.assertEqual(self.fake.calls, [])

    def test_a_system_that_can_start_no_process_is_no_matter(self) -> None:
        self.make()
        for error in (OSError("no memory"), ValueError("embedded null byte")):
            with mock.patch("subprocess.Popen", side_effect=error):
                self.show(self.notifier, "Budi", "one")


@has_scripts
class AppleScript(ProgramTest):
    def test_texts_are_no_part_of_the_script(self) -> None:
        fake = FakeProgram(self.folder, "osascript")
        notifier = notifiers.AppleScript(str(fake.path))
        text = '" & (do shell script "touch x") & "'
        for title, body in (("Budi", text), ("-e", "-e")):
            self.show(notifier, title, body)
        scripts = {tuple(words[:-2]) for words in fake.calls}
        self.assertEqual(len(scripts), 1)
        self.assertEqual(scripts.pop()[-1], "--")
        self.assertEqual(fake.texts, [["Budi", text], ["-e", "-e"]])


class Taskbar(unittest.TestCase):
    def test_the_frame_of_the_window_flashes_until_somebody_looks(self) -> None:
        seen: list[bytes] = []
        with mock.patch.object(win32, "library") as library:
            library.return_value.FlashWindowEx = seen.append
            notifiers.Taskbar(lambda: "0x10a2").show("Budi", "hello")
        size = 32 if struct.calcsize("P") == 8 else 20
        self.assertEqual(len(seen[0]), size)
        self.assertEqual(win32.FLASHWINFO.unpack(seen[0]), (size, 0x10A2, 0xF, 0, 0))

    def test_what_fails_is_no_matter(self) -> None:
        for frame, error in (("", None), ("0x1", OSError), ("0x1", AttributeError)):
            with self.subTest(frame), mock.patch.object(win32, "library", side_effect=error):
                notifiers.Taskbar([frame].pop).show("Budi", "hello")


class WhatThereIs(WindowTest):
    def find(self, platform: str, path: str) -> notifiers.Notifier:
        with (
            mock.patch.object(sys, "platform", platform),
            mock.patch.dict(os.environ, {"PATH": path}),
        ):
            found = notifiers.find(self.root())
        self.addCleanup(found.close)
        return found

    @has_scripts
    def test_each_system_has_its_own(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        for name in ("notify-send", "osascript"):
            FakeProgram(folder, name)
        for platform, kind in (
            ("linux", notifiers.NotifySend),
            ("freebsd14", notifiers.NotifySend),
            ("darwin", notifiers.AppleScript),
        ):
            with self.subTest(platform):
                self.assertIs(type(self.find(platform, str(folder))), kind)
                self.assertIs(type(self.find(platform, "")), notifiers.Notifier)

    def test_a_system_without_any_shows_nothing(self) -> None:
        nothing = notifiers.Notifier()
        nothing.show("Budi", "hello")
        nothing.tidy()
        nothing.close()
        self.assertFalse(nothing.is_busy)

    @unittest.skipUnless(sys.platform == "win32", "only Windows has its taskbar")
    def test_windows_takes_the_frame_of_a_real_window(self) -> None:
        import ctypes

        root = self.root()
        root.update()
        frame = int(root.wm_frame(), 16)
        self.assertTrue(win32.library().IsWindow(ctypes.c_void_p(frame)))
        self.assertIs(type(notifiers.find(root)), notifiers.Taskbar)
        notifiers.find(root).show("Budi", "hello")
        win32.flash(frame)  # which raises where that would be silent


if __name__ == "__main__":
    unittest.main()
