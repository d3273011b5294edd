package dev.laurel.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.platform.client.ProxyConfig.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

class TrustedProxiesTest {
    private static final List<String> TRUSTED = List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8", "2001:db8:0:12::/61");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "203.0.113.9 | 198.51.100.1                     | 203.0.113.9",
                "10.1.2.3    | 198.51.100.1                     | 198.51.100.1",
                "10.1.2.3    | 1.1.1.1, 198.51.100.1            | 198.51.100.1",
                "10.1.2.3    | 1.1.1.1, 198.51.100.1, 10.9.9.9  | 198.51.100.1",
                "10.1.2.3    | 1.1.1.1; 198.51.100.1,192.0.2.7  | 192.0.2.7",
                "10.1.2.3    | 1.1.1.1 ; 198.51.100.1           | 10.1.2.3",
                "10.1.2.3    | 10.4.4.4, 10.5.5.5               | 10.4.4.4",
                "10.1.2.3    | 198.51.100.1:4711                | 198.51.100.1",
                "10.1.2.3    | [2001:db8::1]:4711               | 2001:db8:0:0:0:0:0:1",
                "10.1.2.3    | 2001:db8::1                      | 2001:db8:0:0:0:0:0:1",
                "10.1.2.3    | ::ffff:198.51.100.1              | 198.51.100.1",
                "10.1.2.3    | unknown                          | 10.1.2.3",
                "10.1.2.3    | evil.example                     | 10.1.2.3",
                "10.1.2.3    | 1.1.1.1, [, 10.5.5.5             | 10.5.5.5",
                "10.1.2.3    | ,                                | 10.1.2.3",
                "10.1.2.3    | -                                | 10.1.2.3",
                "fd00::1     | 198.51.100.1                     | 198.51.100.1",
                "fc00::1     | 198.51.100.1                     | fc00:0:0:0:0:0:0:1",
                "2001:db8:0:17::1 | 198.51.100.1                | 198.51.100.1",
                "2001:db8:0:18::1 | 198.51.100.1                | 2001:db8:0:18:0:0:0:1",
            })
    void theClientIsTheLastHopThatIsNotTrusted(String peer, String header, String client) {
        assertThat(client(Header.X_FORWARDED_FOR, peer, header)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "for=198.51.100.1                                          | 198.51.100.1",
                "for=1.1.1.1, For=\"[2001:db8::1]:4711\";proto=https        | 2001:db8:0:0:0:0:0:1",
                "by=10.0.0.1;for=\"198.51.100.1:80\";host=\"a,b;for=1.1.1.1\" | 198.51.100.1",
                "for=1.1.1.1, for=198.51.100.1, proto=http;for=10.4.4.4    | 198.51.100.1",
                "for=198.51.100.1, for=_hidden                             | 10.1.2.3",
                "for=198.51.100.1, proto=http                              | 10.1.2.3",
                "198.51.100.1                                              | 10.1.2.3",
            })
    void theStandardHeaderIsRead(String header, String client) {
        assertThat(client(Header.FORWARDED, "10.1.2.3", header)).isEqualTo(client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(client(Header.X_FORWARDED_FOR, "10.1.2.3", "1.1.1.1", "198.51.100.1, 10.2.2.2", "10.3.3.3"))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void aLongListIsNotRead() {
        String[] headers = new String[1];
        Arrays.fill(headers, "1.1.1.1" + ", 10.2.2.2".repeat(1_000));

        assertThat(client(Header.X_FORWARDED_FOR, "10.1.2.3", headers)).isEqualTo("10.2.2.2");
    }

    @Test
    void anIpv6NetworkIsOneClient() {
        assertThat(IpAddress.parse("2001:db8:1:2:3:4:5:6").network())
                .isEqualTo(IpAddress.parse("2001:db8:1:2::1").network())
                .endsWith("/64")
                .isNotEqualTo(IpAddress.parse("2001:db8:1:3::1").network());
        assertThat(IpAddress.parse("198.51.100.1").network()).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "example.org", "", "::1/129", "fe80::1%eth0/64"})
    void aRangeThatIsNoneStopsTheStart(String range) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(range), Header.FORWARDED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("laurel.proxy.trusted");
    }

    private static String client(Header header, String peer, String... values) {
        List<String> sent = values[0] == null ? List.of() : List.of(values);
        return new TrustedProxies(TRUSTED, header)
                .client(IpAddress.parse(peer), sent)
                .toString();
    }
}
