package dev.logintoken.contract.service;

import java.net.URI;

/** A service that answers over HTTP, however it was started. */
public interface RunningService extends AutoCloseable {

    /** Where it answers, without a slash at the end. */
    URI url();

    /** All that it has printed and logged. */
    String output();

    /** Asks it to end and waits until it has. */
    @Override
    void close();
}
