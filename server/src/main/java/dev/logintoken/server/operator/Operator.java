package dev.logintoken.server.operator;

import dev.logintoken.server.administration.Administration;
import dev.logintoken.server.failure.FailureLine;
import dev.logintoken.server.monitoring.Release;
import dev.logintoken.server.outcome.UnavailableException;
import dev.logintoken.server.outcome.UnstorableTextException;
import dev.logintoken.server.terminal.Converters;
import dev.logintoken.server.terminal.Mistake;
import dev.logintoken.server.terminal.Printable;
import dev.logintoken.server.terminal.Report;
import dev.logintoken.settings.Values;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The operator's commands. Each but {@code sandbox} runs on the configured database and then exits. */
@Command(
        name = Operator.NAME,
        synopsisHeading = "Usage: ",
        customSynopsis = {Operator.NAME, "       " + Operator.NAME + " [--json] COMMAND"},
        description = {
            "",
            "Without a command it serves the login-token API: as a sandbox, unless a database is configured.",
            "",
            "A command uses the database that a node would use if it started in the same directory. Nodes keep running"
                    + " meanwhile. (One process at a time can open H2 files: stop the node first.)"
        },
        optionListHeading = "%nOptions of every command:%n",
        commandListHeading = "%nCommands ('" + Operator.NAME + " help COMMAND' explains one):%n",
        exitCodeListHeading = "%nStatus:%n",
        exitCodeList = {
            "0:done",
            "1:failed: the database or a setting cannot be used",
            "2:the command line is wrong",
            "3:refused: the named object does not exist, or its state does not allow the change; check found a problem"
        },
        subcommands = {
            SandboxCommand.class,
            PartnerCommands.class,
            ApiKeyCommands.class,
            UserCommands.class,
            DocumentCommands.class,
            IdentifierCommands.class,
            RevokeCommands.class,
            KeyCommands.class,
            AuditCommands.class,
        })
@SuppressWarnings("NullAway.Init")
public final class Operator {

    static final String NAME = "java -jar login-token.war";

    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final int REFUSED = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

    @SuppressWarnings("UnusedVariable") // Picocli does what it asks for.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // The same.
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show the release and exit.")
    private boolean version;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Write the result as a JSON object.")
    private boolean json;

    private final Consumer<Map<String, String>> server;

    private Operator(Consumer<Map<String, String>> server) {
        this.server = server;
    }

    /**
     * Runs the command line's command.
     *
     * @param args a command and its arguments
     * @param server told how to start the service once this method has returned; see {@link #serve}
     * @return the exit status, see {@code --help}
     */
    public static int run(String[] args, Consumer<Map<String, String>> server) {
        List<String> words = new ArrayList<>(List.of(args));
        if (words.get(0).equals("help")) {
            words.remove(0);
            words.add("--help");
        }
        CommandLine line = new CommandLine(new Operator(server));
        tellVersion(line);
        Converters.register(line);
        return line.setUsageHelpAutoWidth(true)
                .setExecutionStrategy(Mistake::refuseOrRun)
                .setParameterExceptionHandler(Operator::wrong)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure))
                .execute(words.toArray(String[]::new));
    }

    private static void tellVersion(CommandLine line) {
        line.getCommandSpec()
                .versionProvider(() -> new String[] {Release.read().toString(), "Java " + Runtime.version()});
        line.getSubcommands().values().forEach(Operator::tellVersion);
    }

    /** Runs a command on the configured database, and prints its report. */
    void run(Function<Administration, Map<String, Object>> command) {
        inSession(session -> command.apply(session.administration()));
    }

    /** Runs a command that needs more than the database, and prints its report. */
    void inSession(Function<OperatorSession, Map<String, Object>> command) {
        try (OperatorSession session = OperatorSession.open()) {
            tell(command.apply(session));
        }
    }

    /**
     * Asks for the service to be started in this process.
     *
     * @param options what the command line says about its start, by the launcher's names
     */
    void serve(Map<String, String> options) {
        server.accept(options);
    }

    @Command(description = "Create or update the tables of the database. A starting node does the same.")
    void migrate() {
        try (OperatorSession session = OperatorSession.open()) {
            session.migrate();
            tell(Report.of("mode", session.mode(), "schema", "up to date"));
        }
    }

    @Command(
            description =
                    "Show the value, default and source of each setting, and test everything that a start needs: the"
                            + " host and port, the database, its mode, tables, encoding and clock, the keys, and the"
                            + " permissions of the files. Secrets are hidden. Each problem is a line that says what to do.")
    int check() {
        Check check = new Check(Values.read(), Clock.systemUTC());
        Map<String, Object> report = check.report();
        if (json) {
            report.put("problems", check.problems());
            report.put("warnings", check.warnings());
        }
        tell(report);
        if (!json) {
            check.problems().forEach(line -> System.out.println("PROBLEM: " + Printable.escaped(line)));
            check.warnings().forEach(line -> System.out.println("WARNING: " + Printable.escaped(line)));
        }
        return check.problems().isEmpty() ? 0 : REFUSED;
    }

    private void tell(Map<String, Object> facts) {
        Report.print(System.out, facts, json);
    }

    private static int wrong(ParameterException problem, String[] args) {
        System.err.println(Printable.escaped(Mistake.of(problem)));
        return WRONG;
    }

    private static int failed(Exception failure) {
        LOG.error("A command failed", failure);
        if (failure instanceof UnavailableException) {
            System.err.println("login-token: " + Printable.escaped(FailureLine.sentence(failure)));
            return FAILED;
        }
        boolean refused = failure instanceof RefusedException || failure instanceof UnstorableTextException;
        // A refusal's message is our own. Line ends in it come from the command line.
        String line = refused ? String.valueOf(failure.getMessage()) : firstLine(failure);
        System.err.println("login-token: " + Printable.escaped(line));
        return refused ? REFUSED : FAILED;
    }

    private static String firstLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse(failure.toString());
    }
}
