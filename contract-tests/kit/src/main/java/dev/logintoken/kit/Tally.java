package dev.logintoken.kit;

/**
 * How many mutants were caught.
 *
 * @param caught the caught ones
 * @param total all of them
 */
record Tally(int caught, int total) {

    static final Tally NONE = new Tally(0, 0);

    static Tally of(boolean caught) {
        return new Tally(caught ? 1 : 0, 1);
    }

    Tally plus(Tally more) {
        return new Tally(caught + more.caught, total + more.total);
    }

    @Override
    public String toString() {
        return caught + " of " + total;
    }
}
