package dev.logintoken.server.http;

import java.time.Duration;

/** Counts and logs exchanges that do not reach JAX-RS. */
public interface ExchangeLog {

    /** Context attribute: the log that {@link Edge} writes to. */
    String ATTRIBUTE = ExchangeLog.class.getName();

    /**
     * Records an exchange that the general error answered.
     *
     * @param id the exchange's id
     * @param status the answer's status
     * @param duration the time to the answer
     */
    void failed(String id, int status, Duration duration);
}
