"""A PostgreSQL server for the benchmark."""

import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import time

from processes import fail, free_port


class Postgres:
    """A server with fsync on and everything else as it comes, shared by all; each has a database of its own."""

    def __init__(self, binaries, directory):
        self.binaries, self.directory = binaries, directory
        self.port = free_port()
        data = directory / "postgresql"
        data.mkdir()
        # PostgreSQL does not run as root.
        self.prefix, self.owner = [], None
        if os.geteuid() == 0:
            self.prefix = ["runuser", "-u", "postgres", "--"]
            self.owner = pwd.getpwnam("postgres")
            os.chown(data, self.owner.pw_uid, self.owner.pw_gid)
        self.call("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-instructions", "-E", "UTF8", "--no-locale")
        self.process = subprocess.Popen(
            self.prefix + [str(binaries / "postgres"), "-D", str(data), "-p", str(self.port), "-c",
                           "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={data}", "-c", "fsync=on",
                           "-c", "synchronous_commit=on"],
            stdout=subprocess.DEVNULL, stderr=open(directory / "postgresql.log", "wb"), cwd=data)
        for _ in range(100):
            if subprocess.run([binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0:
                break
            time.sleep(0.1)
        self.pid = int((data / "postmaster.pid").read_text().split()[0])

    def call(self, tool, *arguments):
        subprocess.run(self.prefix + [str(self.binaries / tool), *map(str, arguments)], check=True,
                       stdout=subprocess.DEVNULL, cwd="/")

    def sql(self, database, *statements):
        words = [self.binaries / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database,
                 "-v", "ON_ERROR_STOP=1", "-qAt"]
        for statement in statements:
            words += ["-c", statement]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()

    def bytes(self, database):
        """Of the tables and their indexes."""
        return int(self.sql(database, "select sum(pg_total_relation_size(relid)) from pg_stat_user_tables"))

    def version(self):
        return self.sql("postgres", "show server_version").split()[0]

    def cpu(self):
        """Of all its processes; those that have ended count for their parent."""
        total = 0.0
        for stat in glob.glob("/proc/[0-9]*/stat"):
            try:
                fields = pathlib.Path(stat).read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.pid or stat == f"/proc/{self.pid}/stat":
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return total

    def stop(self):
        os.kill(self.pid, signal.SIGINT)
        self.process.wait(60)


def find_postgres(given):
    candidates = [given] if given else (
        ([os.path.dirname(os.path.realpath(shutil.which("postgres")))] if shutil.which("postgres") else [])
        + sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
        + ["/usr/local/opt/postgresql/bin", "/opt/homebrew/bin"])
    for candidate in candidates:
        if all((pathlib.Path(candidate) / tool).exists() for tool in ("initdb", "postgres", "psql", "pg_isready")):
            return pathlib.Path(candidate)
    if given:
        fail(f"not all of PostgreSQL's binaries are in {given}")
    return None
