"""The loops: what somebody does, and what must come of it."""

import json
import re
import shutil

from guide import Guide
from processes import say
from tree import Failed

PACKAGE = "mvn -B -ntp -DskipTests package -pl server -am"
DOWNSTREAM = "contract-tests/downstream"
VERDICT = "src/test/java/com/example/wallet/WalletVerificationTest.java"
CLASS = "IssuingIT"


class Loops:
    """Each method that is listed in ALL does a loop once, on a tree that is built, and returns its run."""

    ALL = [
        ("unchanged", 6, "package of the server, nothing changed"),
        ("compiler", 8, "an edit of openapi.yaml to the compiler's error"),
        ("war", 15, "an edit of openapi.yaml to a WAR"),
        ("lacking", 40, "an edit to 'no interaction expects the new code'"),
        ("class", None, "one test class by its name, from the root"),
        ("pacts", 15, "the verdict on three interactions, by -Dpacts"),
        ("sandbox", 8, "the same from the sandbox artifact alone"),
        ("help", 1.5, "the operator's command --help"),
        ("command", 1.5, "the operator's command partner list"),
        ("verify", 300, "all tests: mvn verify"),
    ]
    EDITING = {"compiler", "war", "lacking"}

    def __init__(self, tree, folder):
        self._tree = tree
        self._folder = folder
        self._war = tree.root / "server/target/login-token.war"
        self._guide = Guide(tree.root)
        self._consumer = folder / "consumer"

    def prepare(self, names):
        """Builds the tree, and what single loops need besides."""
        self._tree.build("package", "-pl", "contract-tests", "-am")
        pact = json.loads((self._tree.root / "contract-tests/pacts/wallet-app-login-token.json").read_text())
        pact["interactions"] = pact["interactions"][:3]
        (self._folder / "pacts").mkdir()
        (self._folder / "pacts/consumer-login-token.json").write_text(json.dumps(pact))
        if "sandbox" in names:
            self._publish()
        if "command" in names:
            self._tree.run(self._java("migrate"), self._folder).expect("")

    def restore(self):
        """Undoes the edits of a loop, and builds again."""
        self._tree.restore()
        self._tree.build("package", "-pl", "contract-tests", "-am")

    def unchanged(self):
        return self._tree.run(PACKAGE).expect("BUILD SUCCESS")

    def compiler(self):
        command, error = self._guide.command(0)
        self._guide.edit(self._tree.root, 0)
        return self._tree.run(command).expect(error, None)

    def war(self):
        self._guide.edit(self._tree.root, 1)
        return self._tree.run(PACKAGE).expect("BUILD SUCCESS")

    def lacking(self):
        command, finding = self._guide.command(1)
        self._guide.edit(self._tree.root, 1)
        return self._tree.run(command).expect(finding, None)

    def class_(self):
        reports = self._tree.root / "contract-tests/target/failsafe-reports"
        for report in self._tree.root.rglob("TEST-*.xml"):
            report.unlink()
        run = self._tree.run(f"mvn -B -ntp verify -Dit.test={CLASS}").expect("BUILD SUCCESS")
        ran = list(self._tree.root.rglob("TEST-*.xml"))
        if [report.parent for report in ran] != [reports] or CLASS not in ran[0].name:
            raise Failed(f"ran {[report.name for report in ran]}, expected {CLASS} alone")
        return run

    def pacts(self):
        run = self._tree.run(f"mvn -B -ntp -pl contract-tests -am verify -Dpacts={self._folder}/pacts")
        return run.expect("Pact verification: 3 interactions, 3 passed, 0 failed, 0 pending")

    def sandbox(self):
        return self._verdict().expect("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0")

    def help(self):
        return self._tree.run(self._java("--help"), self._folder).expect("logintoken.http.port")

    def command(self):
        return self._tree.run(self._java("partner", "list"), self._folder).expect("partners")

    def verify(self):
        run = self._tree.run("mvn -B -ntp verify").expect("BUILD SUCCESS")
        suites = re.findall(r"^\[INFO\] Tests run: (\d+), .* Skipped: \d+$", run.output.replace("[WARNING]", "[INFO]"), re.M)
        say(f"verify ran {sum(map(int, suites))} tests")
        return run

    def _java(self, *words):
        return ["java", "-jar", self._war, *words]

    def _publish(self):
        """Puts the artifact into a repository of its own, and what the consumer needs beside it into another."""
        self._tree.build(
            "deploy", "-pl", "contract-tests/sandbox", "-am", "-Dmaven.install.skip", "-Dmaven.javadoc.skip", "-Dmaven.source.skip",
            f"-DaltDeploymentRepository=login-token::file:{self._folder}/repository")
        shutil.copytree(self._tree.root / "server/bench/consumer", self._consumer)
        (self._consumer / VERDICT).parent.mkdir(parents=True)
        shutil.copy(self._tree.root / DOWNSTREAM / VERDICT, self._consumer / VERDICT)
        shutil.copytree(self._folder / "pacts", self._consumer / "target/pacts")
        self._verdict().expect("BUILD SUCCESS")

    def _verdict(self):
        settings = self._tree.root / DOWNSTREAM / "settings.xml"
        return self._tree.run(
            ["mvn", "-B", "-ntp", "-s", settings, f"-Dlocal={self._folder}/local", f"-Drepository={self._folder}/repository", "test"],
            self._consumer)
