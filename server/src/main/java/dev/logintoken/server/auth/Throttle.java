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
 * Decides whether an attempt to log in may be checked, and counts it before it is. Attempts count by name and origin. An
 * origin from which the name has logged in before is known, and strangers' attempts do not count against it.
 */
public final class Throttle {

    /** Attempts of one name from one origin that is known for it. */
    static final Size MAX_FROM_KNOWN_ORIGIN = new Size(30, Duration.ofSeconds(30));

    /** Attempts of one name from one origin that is not. */
    static final Size MAX_FROM_NEW_ORIGIN = new Size(10, Duration.ofMinutes(1));

    /** Attempts of one name from all origins together that are not known for it. */
    static final Size MAX_FROM_ALL_NEW_ORIGINS = new Size(100, Duration.ofSeconds(10));

    /** Attempts of all names from one network without a partner's credentials, refused ones included. */
    static final Size MAX_OF_A_NETWORK = new Size(200, Duration.ofSeconds(10));

    private static final String HMAC = "HmacSHA256";

    private final AttemptBuckets buckets;
    private final KnownNetworks known;
    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * A throttle whose counts are in a database.
     *
     * @param database where they are kept, migrated already
     * @param secret keys the hashes by which names and networks are kept; the same on every node, empty if there is none
     * @param clock tells the time
     */
    public Throttle(Database database, byte[] secret, Clock clock) {
        this.buckets = new AttemptBuckets(database);
        this.known = new KnownNetworks(database);
        this.key = new SecretKeySpec(
                Sha256.of("login-token throttle " + HexFormat.of().formatHex(secret)), HMAC);
        this.clock = clock;
    }

    /** Somebody's name at an origin. */
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

        /** Whether the name has logged in from this origin before. */
        boolean known() {
            return isKnown;
        }

        /**
         * Counts an attempt, unless there were too many.
         *
         * @return zero if the attempt may be checked, else how long it has to wait
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

        /** Takes back an attempt that was not checked after all. */
        void cancel() {
            if (isKnown) {
                buckets.takeBack(nameAtOrigin, MAX_FROM_KNOWN_ORIGIN, 1);
            } else {
                buckets.takeBack(nameAtOrigin, MAX_FROM_NEW_ORIGIN, 1);
                takeBackFromOthers(1);
            }
        }

        /** Forgets the attempts of this name from this origin, which is known from now on. */
        void succeeded() {
            buckets.empty(nameAtOrigin);
            known.add(nameAtOrigin, name, clock.instant());
            if (!isKnown) {
                // This attempt and one failure before it. Only once: a success from a known origin changes no other
                // count,
                // or else a guesser with a password of its own could go on for ever.
                takeBackFromOthers(2);
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
     * Looks up how a name stands at an origin.
     *
     * @param kind what the name belongs to, a partner or a user
     * @param name who wants to log in
     * @param origin where the attempt comes from
     */
    Candidate candidate(String kind, String name, Origin origin) {
        byte[] nameAtOrigin = id("name at origin", origin.text() + '\0' + kind + '\0' + name);
        return new Candidate(nameId(kind, name), nameAtOrigin, origin, known.contains(nameAtOrigin, clock.instant()));
    }

    /** Makes the next attempt of a name wait, wherever it comes from, unless from where the name is known. */
    public void exhaust(String kind, String name) {
        buckets.fill(nameId(kind, name), MAX_FROM_ALL_NEW_ORIGINS, clock.instant());
    }

    /** Forgets what no longer counts. */
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
