"""The services that are measured, each a process of its own, and how they are built."""

import datetime
import http.client
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time

from data import PARTNER_KEY, USERS, identifier, user
from traffic import PATH

HERE = pathlib.Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
WAR = ROOT / "server/target/login-token.war"
BARE = HERE / "bare/target"
RESULTS = HERE / "target"


def say(text):
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def fail(text):
    sys.exit(f"bench: {text}")


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def cpu_seconds(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine_seconds():
    """Processor seconds that all processes of the machine have used, or that it was not given."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, irq, softirq, steal = map(int, fields[:8])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def status(port, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", PATH, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


class Service:
    """A service that is measured, as a process of its own."""

    def __init__(self, name, directory, command, environment=None, key=PARTNER_KEY, archive=(), numbers=(1, USERS)):
        self.name, self.directory, self.command = name, directory, command
        self.environment = environment or {}
        self.headers = {"X-Api-Key": key, "User-Identifier": identifier(numbers[0])}
        self.archive = archive
        self.process = None
        self.port = 0

    def start(self):
        """Seconds to the first 200."""
        self.port = free_port()
        command = [word.replace("{port}", str(self.port)) for word in self.command]
        self.directory.mkdir(parents=True, exist_ok=True)
        with open(self.directory / "output.log", "ab") as log:
            begin = time.monotonic()
            self.process = subprocess.Popen(
                command, cwd=self.directory, stdout=log, stderr=log,
                env={**os.environ, **self.environment, "PORT": str(self.port)})
        while time.monotonic() - begin < 120:
            try:
                answer = status(self.port, self.headers)
                if answer == 200:
                    return time.monotonic() - begin
            except OSError:
                pass
            except http.client.HTTPException:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.005)
        fail(f"{self.name} does not answer 200, see {self.directory}/output.log\n"
             + (self.directory / "output.log").read_text()[-3000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def cpu(self):
        return cpu_seconds(self.process.pid)

    def rss(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) * 1024

    def size(self):
        return sum(pathlib.Path(file).stat().st_size for file in self.archive)


def maven(*words):
    subprocess.run(["mvn", "-B", "-ntp", "-q", *map(str, words)], check=True, stdout=sys.stderr)


def build_peer(source):
    source = pathlib.Path(source)
    if not (source / "pom.xml").exists():
        fail(f"--peer: there is no pom.xml in {source}")
    target = RESULTS / "peer"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("target"))
    for path in [target, *target.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    maven("-f", target / "pom.xml", "-DskipTests", "package")
    jars = [jar for jar in (target / "target").glob("*.jar") if "original" not in jar.name]
    return max(jars, key=lambda jar: jar.stat().st_size)
