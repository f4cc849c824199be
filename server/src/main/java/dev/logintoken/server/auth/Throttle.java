package dev.logintoken.server.auth;

import dev.logintoken.server.database.Database;
import dev.logintoken.server.directory.AttemptBuckets;
import dev.logintoken.server.directory.AttemptBuckets.Size;
import dev.logintoken.server.directory.KnownNetworks;
import dev.logintoken.server.secret.Sha256;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides whether a login attempt may be checked, and counts it first. Attempts are counted by name and origin. An
 * origin is known for a name that has logged in from it before. Strangers' attempts do not count against a known
 * origin.
 */
public final class Throttle {

    /** Limits attempts by one name from one origin that is known for it. */
    static final Size MAX_FROM_KNOWN_ORIGIN = new Size(30, Duration.ofSeconds(30));

    /** Limits attempts by one name from one origin that is not known for it. */
    static final Size MAX_FROM_NEW_ORIGIN = new Size(10, Duration.ofMinutes(1));

    /** Limits attempts by one name from all origins together that are not known for it. */
    static final Size MAX_FROM_ALL_NEW_ORIGINS = new Size(100, Duration.ofSeconds(10));

    /** Limits attempts by all names from one network without a partner's credentials, including refused attempts. */
    static final Size MAX_OF_A_NETWORK = new Size(200, Duration.ofSeconds(10));

    /** What a success takes out of a count: itself and one earlier failure. */
    private static final int DROPS_OF_A_SUCCESS = 2;

    private static final String HMAC = "HmacSHA256";

    private final AttemptBuckets buckets;
    private final KnownNetworks known;
    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * Creates a throttle that keeps its counts in a database.
     *
     * @param database stores the counts, migrated already
     * @param secret keys the hashes under which names and networks are stored; the same on every node, empty if there
     *     is none
     * @param clock tells the time
     */
    public Throttle(Database database, byte[] secret, Clock clock) {
        this.buckets = new AttemptBuckets(database);
        this.known = new KnownNetworks(database);
        this.key = new SecretKeySpec(
                Sha256.of("login-token throttle " + HexFormat.of().formatHex(secret)), HMAC);
        this.clock = clock;
    }

    /** A name at an origin. */
    final class Candidate {

        private final byte[] name;
        private final byte[] nameAtOrigin;
        private final Origin origin;
        private final boolean isKnown;

        private Candidate(byte[] name, byte[] nameAtOrigin, Origin origin, boolean isKnown) {
            this.name = name;
            this.nameAtOrigin = nameAtOrigin;
            this.origin = origin;
            this.isKnown = isKnown;
        }

        /** Returns whether the name has logged in from this origin before. */
        boolean known() {
            return isKnown;
        }

        /**
         * Counts an attempt, unless there were too many.
         *
         * @return zero if the attempt may be checked, otherwise the time to wait
         */
        Duration reserve() {
            Instant now = clock.instant();
            if (isKnown) {
                return buckets.add(nameAtOrigin, MAX_FROM_KNOWN_ORIGIN, now);
            }
            Duration wait = countsByNetwork() ? buckets.add(network(), MAX_OF_A_NETWORK, now) : Duration.ZERO;
            if (wait.isZero()) {
                wait = buckets.add(nameAtOrigin, MAX_FROM_NEW_ORIGIN, now);
            }
            if (wait.isZero()) {
                wait = buckets.add(name, MAX_FROM_ALL_NEW_ORIGINS, now);
                if (!wait.isZero()) {
                    buckets.takeBack(nameAtOrigin, MAX_FROM_NEW_ORIGIN, 1);
                }
            }
            return wait;
        }

        /** Takes back an attempt that was not checked. */
        void cancel() {
            if (isKnown) {
                buckets.takeBack(nameAtOrigin, MAX_FROM_KNOWN_ORIGIN, 1);
            } else {
                buckets.takeBack(nameAtOrigin, MAX_FROM_NEW_ORIGIN, 1);
                takeBackFromOthers(1);
            }
        }

        /** Takes back this attempt and one earlier failure of this name at this origin, and records the origin as known. */
        void succeeded() {
            // Not all of them: somebody who guesses from the same address must not profit from every success.
            buckets.takeBack(nameAtOrigin, isKnown ? MAX_FROM_KNOWN_ORIGIN : MAX_FROM_NEW_ORIGIN, DROPS_OF_A_SUCCESS);
            known.add(nameAtOrigin, name, clock.instant());
            if (!isKnown) {
                // The same of other counts, but only at an origin's first success. A later success changes no other
                // count. Otherwise a guesser who has a password of its own could go on forever.
                takeBackFromOthers(DROPS_OF_A_SUCCESS);
            }
        }

        private void takeBackFromOthers(int drops) {
            buckets.takeBack(name, MAX_FROM_ALL_NEW_ORIGINS, drops);
            if (countsByNetwork()) {
                buckets.takeBack(network(), MAX_OF_A_NETWORK, drops);
            }
        }

        private boolean countsByNetwork() {
            return origin.partner().isEmpty();
        }

        private byte[] network() {
            return id("network", origin.network());
        }
    }

    /**
     * Returns a name at an origin, with what is stored about the two.
     *
     * @param kind the kind of account: partner or user
     * @param name the name to log in as
     * @param origin where the attempt comes from
     */
    Candidate candidate(String kind, String name, Origin origin) {
        byte[] nameAtOrigin = id("name at origin", origin.text() + '\0' + kind + '\0' + name);
        return new Candidate(nameId(kind, name), nameAtOrigin, origin, known.contains(nameAtOrigin, clock.instant()));
    }

    /** Makes the next attempt by a name wait, unless it comes from an origin known for that name. */
    public void exhaust(String kind, String name) {
        buckets.fill(nameId(kind, name), MAX_FROM_ALL_NEW_ORIGINS, clock.instant());
    }

    /** Deletes the counts of all names. */
    public void reset() {
        buckets.emptyAll();
    }

    /** Deletes counts and networks that are out of date. */
    public void purge(Instant now) {
        buckets.purge(now);
        known.purge(now);
    }

    private byte[] nameId(String kind, String name) {
        return id("name", kind + '\0' + name);
    }

    private byte[] id(String what, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal((what + '\0' + text).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC + ".", e);
        }
    }
}
