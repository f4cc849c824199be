"""Fills the databases, starts the services, drives them and takes the samples."""

import json
import os
import random
import re
import resource
import secrets
import subprocess
import sys
import zipfile

from data import PARTNER_KEY, PEER_KEY, USERS, dialect, fill, identifier, user
from processes import BARE, HERE, Service, WAR, build_peer, fail, free_port, machine_seconds, say
from traffic import Keys, by_identifier, by_tokens, errors, redemptions, request, varied

CONNECTIONS = 32
RISING = 1.04  # As long as a warm-up is faster than the best before by this, code is still being compiled.


class Bench:
    def __init__(self, options, directory):
        self.options, self.directory = options, directory
        self.keys = Keys()
        self.java = options.java.split()
        self.subjects, self.postgres, self.files = {}, None, 0
        self.samples = {}
        self.starts = {}

    def ours(self, name, url, *settings):
        return Service(
            name, self.directory / name,
            [*self.java, "-Dlogintoken.http.port={port}", "-Dlogintoken.db.url=" + url, "-Dlogintoken.db.user="
             + ("postgres" if "postgresql" in url else "sa"),
             "-Dlogintoken.website.base-url=https://www.example.com",
             "-Dlogintoken.keys.file=" + str(self.keys.write(self.directory)), *settings, "-jar", str(WAR)],
            archive=[WAR])

    def h2(self, url, statements):
        library = self.directory / "h2.jar"
        if not library.exists():
            with zipfile.ZipFile(WAR) as war:
                name = next(name for name in war.namelist() if re.search(r"lib/h2-[\d.]+\.jar", name))
                library.write_bytes(war.read(name))
        script = self.directory / "fill.sql"
        script.write_text(";\n".join(statements) + ";\n")
        subprocess.run(["java", "-cp", library, "org.h2.tools.RunScript", "-url", url, "-user", "sa", "-script", script],
                       check=True, stdout=sys.stderr)

    def add(self, subject):
        self.subjects[subject.name] = subject
        return subject

    def migrate(self, subject):
        """The service makes its schema; a start that finds no user is all that is wanted here."""
        subject.port = free_port()
        command = [word.replace("{port}", str(subject.port)) for word in subject.command]
        subject.directory.mkdir(parents=True, exist_ok=True)
        process = subprocess.Popen(command, cwd=subject.directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   text=True)
        output = ""
        for line in process.stdout:
            output += line
            if "is ready at" in line:
                break
        else:
            fail(f"{subject.name} does not start:\n{output}")
        process.terminate()
        process.stdout.read()
        process.wait(30)

    def prepare(self):
        options = self.options
        bare = [jar for jar in (BARE / "jars").glob("*.jar")] + list(BARE.glob("*.jar"))
        self.add(Service("bare", self.directory / "bare",
                         [*self.java, "-cp", os.pathsep.join(map(str, bare)), "dev.logintoken.bench.Bare", "{port}"],
                         archive=bare))

        say("filling H2")
        url = f"jdbc:h2:file:{self.directory}/ours-h2/bench;WRITE_DELAY=0"
        ours = self.add(self.ours("ours-h2", url))
        self.migrate(ours)
        self.h2(url, [dialect(statement, True) for statement in fill(USERS, USERS)])

        peer = None
        if options.peer:
            peer = build_peer(options.peer)
            data = self.directory / "peer.sql"
            values = lambda row: ",\n".join(row(number) for number in range(1, USERS + 1))
            data.write_text(
                "delete from partner; delete from app_user; delete from user_identifier;\n"
                f"insert into partner values (1, '{PEER_KEY}');\n"
                "insert into app_user values " + values(lambda number: f"('{user(number)}', false)") + ";\n"
                "insert into user_identifier values "
                + values(lambda number: f"(1, '{identifier(number)}', '{user(number)}')") + ";\n")
            self.peer_environment = {"SPRING_SQL_INIT_DATA_LOCATIONS": data.as_uri()}
            self.add(Service("peer-h2", self.directory / "peer-h2", [*self.java, "-jar", str(peer)], {
                **self.peer_environment, "DB_URL": f"jdbc:h2:file:{self.directory}/peer-h2/peer"},
                key=PEER_KEY, archive=[peer]))

        if self.postgres:
            say("filling PostgreSQL")
            for name, users in ("ours", USERS), ("small", 1_000), ("large", options.growth):
                if name != "ours" and not options.growth:
                    continue
                self.postgres.sql("postgres", f"create database {name}")
                url = f"jdbc:postgresql://127.0.0.1:{self.postgres.port}/{name}"
                subject = self.add(self.ours({"ours": "ours-pg"}.get(name, "ours-pg-" + name), url))
                self.migrate(subject)
                self.postgres.sql(name, *(dialect(statement, False) for statement in fill(users, min(users, USERS))),
                                  "vacuum analyze")
            if peer:
                self.postgres.sql("postgres", "create database peer")
                self.add(Service("peer-pg", self.directory / "peer-pg", [*self.java, "-jar", str(peer)], {
                    **self.peer_environment, "DB_URL": f"jdbc:postgresql://127.0.0.1:{self.postgres.port}/peer",
                    "DB_USER": "postgres"}, key=PEER_KEY, archive=[peer]))
            self.postgres.sql("postgres", "checkpoint")

    def measures(self):
        """(name, what each subject is asked for); a subject's name is the part before '/'."""
        numbers = random.sample(range(1, USERS + 1), USERS)
        ours = by_identifier(numbers)
        peers = by_identifier(numbers, PEER_KEY)
        by_code = errors(self.keys)
        mixed = [line for lines in zip(*by_code.values()) for line in lines]
        found = [("issue-h2", {"bare": ours, "ours-h2": ours, "peer-h2": peers}),
                 ("issue-jwt", {"bare": by_tokens(numbers, self.keys), "ours-h2": by_tokens(numbers, self.keys)}),
                 ("errors", {"bare": mixed, "ours-h2": mixed}),
                 ("issue-pg", {"bare": ours, "ours-pg": ours, "peer-pg": peers}),
                 ("redeem-pg", {"ours-pg": None, "peer-pg": None})]
        if self.options.growth:
            few = by_identifier(random.choices(range(1, 1_001), k=USERS))
            spread = by_identifier(random.sample(range(1, self.options.growth + 1), USERS))
            found.append(("growth", {"ours-pg-small": few, "ours-pg-large": spread}))
        if self.options.each_error:
            found += [("errors-" + code, {"bare": lines, "ours-h2": lines}) for code, lines in by_code.items()]
        only = re.compile(self.options.only or ".*")
        return [(name, {who: lines for who, lines in asked.items() if who in self.subjects})
                for name, asked in found if only.fullmatch(name) and any(who in self.subjects for who in asked
                                                                         if who != "bare")]

    def write(self, requests):
        self.files += 1
        file = self.directory / f"requests-{self.files}"
        with open(file, "wb") as out:
            for line in requests:
                out.write(b"%d\n%s" % (len(line), line))
        return file

    def drive(self, subject, file, seconds, answers=None):
        cpu = subject.cpu(), self.postgres.cpu() if self.postgres else 0.0
        tool, machine = resource.getrusage(resource.RUSAGE_CHILDREN), machine_seconds()
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", HERE / "drive.lua",
                 f"http://127.0.0.1:{subject.port}", "--", file]
        out = subprocess.run([*words, *([answers] if answers else [])], check=True, capture_output=True, text=True).stdout
        found = re.search(r"^RESULT (.*)$", out, re.M)
        if not found:
            fail("wrk says:\n" + out)
        result = json.loads(found[1])
        requests = max(1, result["requests"])
        result["rate"] = result["requests"] / result["seconds"]
        service, database = subject.cpu() - cpu[0], self.postgres.cpu() - cpu[1] if self.postgres else 0.0
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        wrk = used.ru_utime + used.ru_stime - tool.ru_utime - tool.ru_stime
        others = max(0.0, machine_seconds() - machine - service - database - wrk)
        result["others"] = others / result["seconds"] / os.cpu_count()
        result["cpu"], result["database"] = service / requests * 1e6, database / requests * 1e6
        return result

    def redeemable(self, subject, count):
        """Requests to redeem tokens that nobody has used."""
        if subject.name.startswith("peer"):
            tag = secrets.token_hex(4)
            self.postgres.sql("peer", f"""insert into one_time_tokens (token_value, username, expires_at)
                select '{tag}-' || x, '{user(1)}', now() at time zone 'UTC' + interval '1 hour'
                from generate_series(1, {count}) as x""")
            return [request({**varied()}, "POST", "/redeem", json.dumps({"token": f"{tag}-{number}"}))
                    for number in range(1, count + 1)]
        answers = self.directory / "answers"
        lines = []
        issue = self.write(by_identifier(random.sample(range(1, USERS + 1), USERS)))
        while len(lines) < count:
            self.drive(subject, issue, 2, answers)
            lines += answers.read_text().splitlines()
        return redemptions([json.loads(line) for line in lines[:count]])

    def redeem(self, subject, seconds):
        """As many tokens as the time may need; wrk must not come to one for a second time."""
        count = int(self.redeem_rate.get(subject.name, 6_000) * 1.6 * seconds) + 2_000
        result = self.drive(subject, self.write(self.redeemable(subject, count)), seconds)
        self.redeem_rate[subject.name] = result["rate"]
        if result["requests"] > count:
            result["broken"] += 1
        return result

    def run(self):
        options = self.options
        self.redeem_rate = {}
        starts = [name for name in ("bare", "ours-h2", "peer-h2") if name in self.subjects]
        for _ in range(options.starts):
            for name in starts:
                self.starts.setdefault(name, []).append(self.subjects[name].start())
                self.subjects[name].stop()
        for subject in self.subjects.values():
            subject.start()
        plan = [(name, who, lines if lines is None else self.write(lines))
                for name, asked in self.measures() for who, lines in asked.items()]
        say("warm-up")
        for name, who, file in plan:
            best, flat = 0, 0
            for _ in range(20):
                rate = self.once(name, who, file, options.warm_up, None)["rate"]
                flat = flat + 1 if rate < best * RISING else 0
                best = max(best, rate)
                if flat == 2:  # One may be due to the machine.
                    break
        for number in range(options.rounds):
            say(f"round {number + 1} of {options.rounds}, load {os.getloadavg()[0]:.1f}")
            for name, who, file in plan:
                self.once(name, who, file, options.seconds, self.samples)
        self.storage = self.measure_storage()
        self.memory = {name: subject.rss() for name, subject in self.subjects.items()}

    def once(self, name, who, file, seconds, samples):
        subject = self.subjects[who]
        result = self.redeem(subject, seconds) if file is None else self.drive(subject, file, seconds)
        wrong = (result["requests"] - result["refused"] if name.startswith("errors") and who != "bare"
                 else result["refused"])
        if wrong or result["broken"]:
            say(f"  {name} {who}: {wrong} answers of the wrong kind, {result['broken']} broken")
        if samples is not None:
            samples.setdefault((name, who), []).append(result)
            say(f"  {name:10} {who:14} {result['rate']:8.0f}/s  p50 {result['p50'] / 1000:6.2f} ms  "
                f"p99 {result['p99'] / 1000:6.2f} ms  p99.9 {result['p999'] / 1000:6.2f} ms  "
                f"cpu {result['cpu']:5.0f} + {result['database']:4.0f} us  others {result['others']:.0%}")
        return result

    def measure_storage(self):
        """Bytes for each token that was issued and not redeemed."""
        found = {}
        for who, database in ("ours-pg", "ours"), ("peer-pg", "peer"):
            if who in self.subjects:
                key = PEER_KEY if who.startswith("peer") else PARTNER_KEY
                before = self.postgres.bytes(database)
                issued = self.drive(self.subjects[who], self.write(by_identifier(range(1, USERS + 1), key)), 3)["requests"]
                found[who] = (self.postgres.bytes(database) - before) / issued
        return found

    def close(self):
        for subject in self.subjects.values():
            subject.stop()
        if self.postgres:
            self.postgres.stop()
