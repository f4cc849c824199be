package dev.logintoken.kit;

/**
 * A real answer with one fact of it altered, as a faulty service could give it.
 *
 * @param alteration what was done
 * @param where to which header, status or place in the body
 * @param answer the answer that came of it
 */
public record Mutant(String alteration, String where, Exchange answer) {}
