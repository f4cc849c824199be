"""A throwaway clone of the working tree, and what runs in it."""

import os
import pathlib
import resource
import shutil
import subprocess
import time


class Failed(Exception):
    """A command did not do what the loop expects of it."""


class Run:
    """A command that has ended: its wall time, the processor time of all its processes, and what it printed."""

    def __init__(self, command, directory, log, environment=None):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.monotonic()
        with open(log, "wb") as output:
            self.status = subprocess.run(
                command, cwd=directory, env={**os.environ, **(environment or {})}, shell=isinstance(command, str),
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT).returncode
        self.seconds = time.monotonic() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.log = log
        self.output = pathlib.Path(log).read_text(errors="replace")

    def expect(self, text, status=0):
        """Fails unless it ended so (None for any failure) and printed the text."""
        ended = self.status != 0 if status is None else self.status == status
        if not ended or text not in self.output:
            raise Failed(f"ended with status {self.status}, expected {'a failure' if status is None else status} and:\n"
                         f"{text}\nThe end of its output:\n{self.output[-3000:]}")
        return self


class Tree:
    """The clone. It holds every file of the working tree that Git does not ignore, committed or not."""

    def __init__(self, root, directory):
        self.root = directory / "tree"
        self._directory = directory
        subprocess.run(["git", "clone", "-q", "--shared", root, self.root], check=True)
        for name in self._names(root, "diff", "--name-only", "--diff-filter=D", "HEAD"):
            (self.root / name).unlink(missing_ok=True)
        for name in self._names(root, "ls-files", "--cached", "--others", "--exclude-standard"):
            if (root / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, self.root / name)
        self._git("add", "-A")
        self._git("-c", "user.name=loops", "-c", "user.email=loops@localhost", "commit", "-q", "--allow-empty", "-m", "The working tree")

    def restore(self):
        """Undoes all edits, and leaves what was built."""
        self._git("checkout", "-q", ".")
        self._git("clean", "-fdq")

    def run(self, command, directory=None, environment=None):
        return Run(command, directory or self.root, self._directory / "log", environment)

    def build(self, *arguments):
        """Builds without running tests, and fails if that fails."""
        self.run(["mvn", "-B", "-ntp", "-q", "-Dmaven.test.skip.exec", *arguments]).expect("")

    def _git(self, *arguments):
        subprocess.run(["git", *arguments], cwd=self.root, check=True)

    @staticmethod
    def _names(root, command, *which):
        listed = subprocess.run(["git", command, "-z", *which], cwd=root, check=True, capture_output=True, text=True)
        return filter(None, listed.stdout.split("\0"))
