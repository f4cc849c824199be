package dev.logintoken.settings;

import java.util.BitSet;

/** Detects keys that were not drawn at random: zeros, one repeated byte, a counting sequence. */
public final class Randomness {

    /** The minimum number of different bytes. A key of 32 random bytes has some 30, and never fewer than this. */
    private static final int FEWEST_DIFFERENT = 8;

    private Randomness() {}

    /**
     * Returns whether a key of 32 bytes has enough different bytes, and enough different steps from one byte to the
     * next.
     */
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
