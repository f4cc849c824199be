package dev.logintoken.launcher;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

import static org.assertj.core.api.Assertions.assertThat;

final class FailuresTest {

    @Test
    void aHostWithoutAnAddressIsToldHoweverItIsWrapped() {
        assertThat(Failures.reason(new UnresolvedAddressException())).isEqualTo("no such host");
        assertThat(Failures.reason(new IOException("Failed to bind", new UnresolvedAddressException())))
                .isEqualTo("no such host");
        assertThat(Failures.reason(new IOException(new UnknownHostException("x"))))
                .isEqualTo("no such host");
    }

    @Test
    void anyOtherFailureIsToldByTheFirstLineOfItsCause() {
        assertThat(Failures.reason(new IOException("Failed to bind", new BindException("Address already in use\nx"))))
                .isEqualTo("Address already in use");
    }
}
