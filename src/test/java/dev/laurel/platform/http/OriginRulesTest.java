package dev.laurel.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.http.OriginRules.Verdict;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Which requests of browsers may change something. */
class OriginRulesTest {
    private final OriginRules rules =
            new OriginRules(List.of("https://trusted.example", "/https://.*\\.ours\\.example/"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Programs
                "POST   |                                                                    | ALLOWED",
                "DELETE | User-Agent=curl/8.5                                                | ALLOWED",
                "POST   | User-Agent=Mozilla/5.0;Content-Type=application/json;Content-Length=2 | ALLOWED",
                "POST   | User-Agent=Mozilla/5.0;Content-Type=application/x-ndjson           | ALLOWED",
                "PATCH  | User-Agent=Mozilla/5.0;Content-Type=application/merge-patch+json   | ALLOWED",
                "POST   | Content-Type=application/x-www-form-urlencoded;Content-Length=0    | ALLOWED",
                // What needs no preflight
                "POST   | Content-Type=application/x-www-form-urlencoded;Content-Length=3    | WRONG_TYPE",
                "POST   | Content-Type=Multipart/Form-Data; boundary=x;Transfer-Encoding=chunked | WRONG_TYPE",
                "DELETE | Content-Type=text/plain;Content-Length=1;Idempotency-Key=k         | WRONG_TYPE",
                "POST   | User-Agent=Mozilla/4.0                                             | OTHER_ORIGIN",
                "POST   | Referer=http://evil.example/                                       | OTHER_ORIGIN",
                "POST   | User-Agent=Mozilla/4.0;X-Laurel-Client=console                     | ALLOWED",
                "DELETE | User-Agent=Mozilla/4.0;Idempotency-Key=k                           | ALLOWED",
                // What browsers say
                "POST   | Sec-Fetch-Site=cross-site;Content-Type=application/json            | OTHER_ORIGIN",
                "POST   | Sec-Fetch-Site=same-site                                           | OTHER_ORIGIN",
                "POST   | Sec-Fetch-Site=same-origin;Origin=http://evil.example              | ALLOWED",
                "POST   | Sec-Fetch-Site=none                                                | ALLOWED",
                "PUT    | Sec-Fetch-Site=cross-site;Origin=https://trusted.example           | ALLOWED",
                "PUT    | Sec-Fetch-Site=cross-site;Origin=https://app.ours.example          | ALLOWED",
                "PUT    | Origin=https://app.ours.example.evil                               | OTHER_ORIGIN",
                "POST   | Origin=null                                                        | OTHER_ORIGIN",
                "POST   | Origin=http://evil.example;Content-Type=application/json           | OTHER_ORIGIN",
                "POST   | Origin=http://board.example:8080;Host=board.example:8080           | ALLOWED",
                "POST   | Origin=http://board.example;Host=board.example:8080                | OTHER_ORIGIN",
                "POST   | Origin=https://board.example;Host=board.example:443                | ALLOWED",
                "POST   | Origin=https://board.example;Host=10.0.0.1;X-Forwarded-Host=board.example | ALLOWED",
                "GET    | Sec-Fetch-Site=cross-site;Origin=http://evil.example               | ALLOWED",
                "OPTIONS | Origin=http://evil.example                                        | ALLOWED",
            })
    void isJudgedByWhatItSaysOfItself(String method, String headers, Verdict verdict) {
        assertThat(rules.judge(HttpMethod.valueOf(method), headers(headers), false))
                .isEqualTo(verdict);
    }

    @Test
    void aFormWithAFileIsTakenWhereOneIsExpectedAndNoPageOfAnotherOriginSendsOne() {
        String form = "Content-Type=multipart/form-data; boundary=x;Content-Length=9";

        assertThat(rules.judge(HttpMethod.POST, headers(form), true)).isEqualTo(Verdict.ALLOWED);
        assertThat(rules.judge(HttpMethod.POST, headers(form), false)).isEqualTo(Verdict.WRONG_TYPE);
        assertThat(rules.judge(HttpMethod.POST, headers(form + ";User-Agent=Mozilla/5.0"), true))
                .isEqualTo(Verdict.OTHER_ORIGIN);
        assertThat(rules.judge(HttpMethod.POST, headers(form + ";Origin=http://evil.example"), true))
                .isEqualTo(Verdict.OTHER_ORIGIN);
        assertThat(rules.judge(HttpMethod.POST, headers("Content-Type=text/plain;Content-Length=9"), true))
                .isEqualTo(Verdict.WRONG_TYPE);
    }

    @Test
    void aStarTrustsEverybody() {
        MultiMap headers = headers("Origin=http://evil.example");

        assertThat(new OriginRules(List.of("*")).judge(HttpMethod.POST, headers, false))
                .isEqualTo(Verdict.ALLOWED);
    }

    private static MultiMap headers(String text) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (text != null) {
            for (String one : text.replace("; boundary", ", boundary").split(";")) {
                String[] parts = one.split("=", 2);
                headers.add(parts[0], parts[1]);
            }
        }
        return headers;
    }
}
