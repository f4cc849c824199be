package dev.logintoken.settings;

import java.util.BitSet;

/** Tells keys that nobody can have drawn at random: zeros, one byte again and again, a sequence that counts. */
public final class Randomness {

    /** Of 32 random bytes some 30 are different; fewer than these never are. */
    private static final int FEWEST_DIFFERENT = 8;

    private Randomness() {}

    /** Whether a key of 32 bytes has enough different bytes, and enough different steps from one to the next. */
    public static boolean isPlausible(byte[] key) {
        BitSet bytes = new BitSet();
        BitSet steps = new BitSet();
        for (int i = 0; i < key.length; i++) {
            bytes.set(key[i] & 0xff);
            steps.set((key[i] - key[(i + 1) % key.length]) & 0xff);
        }
        return bytes.cardinality() >= FEWEST_DIFFERENT && steps.cardinality() >= FEWEST_DIFFERENT;
    }
}
