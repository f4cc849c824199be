package dev.logintoken.server.terminal;

import dev.logintoken.settings.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains in one line what is wrong with a command line, and what to do. */
public final class Mistake {

    private static final String OPTION_OF_JAVA = "(?s)-[DX].+";

    private Mistake() {}

    /** Returns the line. It quotes the command line's texts unchanged. */
    public static String of(ParameterException problem) {
        String what = problem instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched)
                : Optional.ofNullable(problem.getMessage()).orElse(problem.toString());
        // The code of 'user create' knows the command line of 'user' only.
        CommandLine line = problem.getCommandLine();
        String command = Optional.ofNullable(line.getParseResult())
                .map(parsed -> last(parsed).commandSpec())
                .orElseGet(line::getCommandSpec)
                .qualifiedName();
        return (what.matches("(?s).*[.?]") ? what : what + ".") + " Try '" + command + " --help'.";
    }

    /**
     * Runs a command or shows its help, as picocli does, but refuses to show the help of a group in place of that of a
     * mistyped command.
     *
     * @throws ParameterException if the command is unknown or missing
     */
    public static int refuseOrRun(ParseResult parsed) {
        ParseResult last = last(parsed);
        CommandLine line = last.commandSpec().commandLine();
        if (!line.getSubcommands().isEmpty()) {
            if (!last.unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(line, last.unmatched());
            }
            if (!CommandLine.printHelpIfRequested(parsed)) {
                throw new ParameterException(line, "A command is missing: " + commands(line) + ".");
            }
            return 0;
        }
        return new RunLast().execute(parsed);
    }

    /** Returns a line about the first unknown argument only. Later ones may be right once this one is corrected. */
    private static String unknown(UnmatchedArgumentException problem) {
        CommandLine line = problem.getCommandLine();
        String word = problem.getUnmatched().get(0);
        if (word.matches(OPTION_OF_JAVA)) { // Its value may be a secret.
            return "Unknown option: '" + word.replaceFirst("(?s)=.*", "") + "'. Options of Java stand before -jar.";
        }
        String what = (problem.isUnknownOption() ? "Unknown option: '" : "Unknown: '") + word + "'.";
        List<String> known = List.copyOf(
                problem.isUnknownOption()
                        ? line.getCommandSpec().optionsMap().keySet()
                        : line.getSubcommands().keySet());
        if (known.isEmpty()) {
            return what;
        }
        return what
                + new Nearest(known)
                        .suggestion(word)
                        .map(name -> " Did you mean '" + name + "'?")
                        .orElse(problem.isUnknownOption() ? "" : remedy(line, word));
    }

    private static String remedy(CommandLine line, String word) {
        List<String> deeper = new ArrayList<>();
        line.getSubcommands().forEach((group, commands) -> {
            if (commands.getSubcommands().containsKey(word)) {
                deeper.add("'" + group + " " + word + "'");
            }
        });
        if (!deeper.isEmpty()) {
            return " Did you mean " + String.join(" or ", deeper) + "?";
        }
        return line.getParent() == null
                ? " Without a command the service starts."
                : " The commands are " + commands(line) + ".";
    }

    private static String commands(CommandLine line) {
        return String.join(", ", line.getSubcommands().keySet());
    }

    private static ParseResult last(ParseResult parsed) {
        return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
    }
}
