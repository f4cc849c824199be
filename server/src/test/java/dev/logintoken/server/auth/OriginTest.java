package dev.logintoken.server.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

final class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 192.0.2.2",
        "192.0.2.1, ::ffff:192.0.2.1, 192.0.2.2",
        "2001:db8:1:2::1, 2001:DB8:1:2:ffff::9, 2001:db8:1:3::1",
        "[2001:db8:1:2::1], 2001:db8:1:2::, ::1",
        "fe80::1%eth0, fe80::2%eth1, fe80:0:0:1::1",
    })
    void aNetworkIsAnIpv4AddressOrThe64OfAnIpv6Address(String address, String same, String another) {
        assertThat(Origin.anonymous(same)).isEqualTo(Origin.anonymous(address));
        assertThat(Origin.anonymous(another)).isNotEqualTo(Origin.anonymous(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "dead.beef", "1.2.3", "1.2.3.4.5", "300.1.1.1", "x:1", "1:2", ":::", "unknown", ""})
    void whatIsNoAddressIsNotLookedUp(String text) {
        assertThat(Origin.anonymous(text).network()).isEqualTo(text);
    }

    @Test
    void partnersAtOneNetworkAreApart() {
        Origin first = Origin.of(new UUID(0, 1), "192.0.2.1");
        Origin second = Origin.of(new UUID(0, 2), "192.0.2.1");
        assertThat(first.text()).isNotEqualTo(second.text());
        assertThat(first.caller()).isNotEqualTo(second.caller());
        assertThat(Origin.anonymous("192.0.2.1").text()).isNotEqualTo(first.text());
        assertThat(Origin.anonymous("192.0.2.1").caller()).isEqualTo("c0000201");
    }
}
