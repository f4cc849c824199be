package dev.logintoken.contract.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients saw of a cluster, one line for each answer in a file, and the check of it against what the database holds
 * in the end. The check knows nothing of the load that wrote the file.
 */
public final class ClusterHistory implements AutoCloseable {

    /** What was asked for. */
    enum Kind {
        /** A login token was asked for; the subject is the user. */
        ISSUE,
        /** A login token was used; the subject is the SHA-256 of the token. */
        REDEEM,
        /** A refresh token was used; the subject is the SHA-256 of the token. */
        REFRESH,
        /** A refresh token was used whose session had been logged out; the subject is the SHA-256 of the token. */
        LOGGED_OUT,
        /** An API key was used whose revocation had been heeded before; the subject is its name. */
        REVOKED
    }

    /** No answer came. */
    static final String NONE = "none";

    /** The answer was 200. */
    static final String OK = "200";

    /** The service could not reach its database. */
    static final String AWAY = "ER999";

    /**
     * One answer.
     *
     * @param millis when it came, in milliseconds since the load began
     * @param node which node of the service gave it
     * @param outcome {@link #OK}, {@link #NONE}, or the codes of a refusal
     */
    record Event(long millis, int node, Kind kind, String subject, String outcome) {

        private String line() {
            return String.join("\t", Long.toString(millis), Integer.toString(node), kind.name(), subject, outcome);
        }

        private static Event of(String line) {
            String[] fields = line.split("\t");
            return new Event(
                    Long.parseLong(fields[0]),
                    Integer.parseInt(fields[1]),
                    Kind.valueOf(fields[2]),
                    fields[3],
                    fields[4]);
        }
    }

    /**
     * What the database holds in the end.
     *
     * @param redeemed the SHA-256 of each redeemed token
     * @param audited for each redemption of the audit, the first 16 digits of the token's SHA-256, and how often they occur
     * @param completeSince in milliseconds since the load began: a node may have deleted the redemptions of tokens that were
     *     used before, since these expired. Their lines of the audit stay.
     */
    record Tables(Set<String> redeemed, Map<String, Integer> audited, long completeSince) {
        private boolean keep(String token, long millis) {
            return redeemed.contains(token) || (millis < completeSince && audited.containsKey(digits(token)));
        }

        private static String digits(String token) {
            return token.substring(0, AUDITED_DIGITS);
        }
    }

    /**
     * What the check found.
     *
     * @param attempts how many redemptions were asked for
     * @param tokens how many tokens that was about
     * @param redeemed how many of them a client knows to be used
     * @param unknown how many are used, and the client that used them got no such answer
     * @param faults everything that must not be
     */
    record Verdict(long attempts, int tokens, int redeemed, int unknown, List<String> faults) {}

    private static final int AUDITED_DIGITS = 16;

    private final Path file;
    private final BufferedWriter writer;

    ClusterHistory(Path file) throws IOException {
        this.file = file;
        this.writer = Files.newBufferedWriter(file);
    }

    /** Keeps an answer. */
    synchronized void add(Event event) {
        try {
            writer.write(event.line());
            writer.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }

    /** What a client heard of one subject. */
    private static final class Heard {
        private final long first;
        private int successes;
        private boolean used;

        private Heard(long first) {
            this.first = first;
        }
    }

    /** Reads everything that was kept, after {@link #close}, and holds it against the tables. */
    Verdict check(Tables tables) throws IOException {
        List<String> faults = new ArrayList<>();
        Map<String, Heard> tokens = new HashMap<>();
        Map<String, Heard> refreshTokens = new HashMap<>();
        long attempts = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Event event = Event.of(line);
                Set<String> allowed = switch (event.kind()) {
                    case ISSUE -> Set.of(OK, NONE, AWAY);
                    case REDEEM -> Set.of(OK, NONE, AWAY, "ER711", "ER712");
                    case REFRESH -> Set.of(OK, NONE, AWAY, "ER821", "ER823");
                    case LOGGED_OUT -> Set.of("ER821", NONE, AWAY);
                    case REVOKED -> Set.of("ER805", NONE, AWAY);
                };
                if (!allowed.contains(event.outcome())) {
                    faults.add("outside the contract of this run: " + line);
                }
                if (event.kind() == Kind.REDEEM) {
                    attempts++;
                    hear(tokens, event, "ER712");
                } else if (event.kind() == Kind.REFRESH) {
                    hear(refreshTokens, event, "ER823");
                }
            }
        }
        int redeemed = 0;
        int unknown = 0;
        for (Map.Entry<String, Heard> token : tokens.entrySet()) {
            Heard heard = token.getValue();
            boolean kept = tables.keep(token.getKey(), heard.first);
            redeemed += heard.successes > 0 ? 1 : 0;
            unknown += kept && heard.successes == 0 ? 1 : 0;
            if (heard.successes > 1) {
                faults.add("a login token was redeemed " + heard.successes + " times: " + token.getKey());
            }
            if ((heard.successes > 0 || heard.used) && !kept) {
                faults.add("a redemption was told and is lost: " + token.getKey());
            }
        }
        refreshTokens.forEach((token, heard) -> {
            if (heard.successes > 1) {
                faults.add("a refresh token was used " + heard.successes + " times: " + token);
            }
        });
        checkAudit(tables, tokens, faults);
        return new Verdict(attempts, tokens.size(), redeemed, unknown, faults);
    }

    private static void hear(Map<String, Heard> all, Event event, String used) {
        Heard heard = all.computeIfAbsent(event.subject(), any -> new Heard(event.millis()));
        heard.successes += event.outcome().equals(OK) ? 1 : 0;
        heard.used |= event.outcome().equals(used);
    }

    private static void checkAudit(Tables tables, Map<String, Heard> tokens, List<String> faults) {
        Set<String> redeemed = new HashSet<>(tables.redeemed());
        tokens.forEach((token, heard) -> {
            if (tables.keep(token, heard.first)) {
                redeemed.add(token);
            }
        });
        Map<String, Integer> expected = new HashMap<>();
        redeemed.forEach(token -> expected.merge(Tables.digits(token), 1, Integer::sum));
        if (!expected.equals(tables.audited())) {
            faults.add("the audit has redemptions of %d tokens, the table of %d, or not the same ones"
                    .formatted(tables.audited().size(), expected.size()));
        }
    }
}
