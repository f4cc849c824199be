package dev.logintoken.contract.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be repeated: the same seed and index throw the same. */
final class Dice {

    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SplittableRandom random;

    /** Mixes the seed first: the generator itself counts in fixed steps, so that near states share their sequence. */
    Dice(long seed, long index) {
        this.random = new SplittableRandom(new SplittableRandom(seed).nextLong() + index);
    }

    /** A whole number from 0, below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Happens once in so many times. */
    boolean onceIn(int times) {
        return below(times) == 0;
    }

    <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    @SafeVarargs
    final <T> T any(T... values) {
        return values[below(values.length)];
    }

    /** Letters and digits. */
    String alphanumeric(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHANUMERIC.charAt(below(ALPHANUMERIC.length())));
        }
        return text.toString();
    }

    /** Octets of all kinds. */
    String octets(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) below(256));
        }
        return text.toString();
    }
}
