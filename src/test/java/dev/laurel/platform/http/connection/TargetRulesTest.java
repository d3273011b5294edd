package dev.laurel.platform.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

/** Which targets of requests are read, and which part of another one is named. */
class TargetRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/boards/a:b@c+d~e/rankings/daily?limit=5&cursor=abc_-.",
                "/api/v1/boards?page=%31",
                "/a/%00/%7C/%C3%A9/%F0%9F%98%80",
                "/a?b=[1]&c=d=e&&f",
                "http://localhost/api/v1"
            })
    void aProperTargetIsReadAndTheFrameworkReadsItToo(String target) {
        assertThat(TargetRules.refusalOf(target)).isNull();
        assertThat(URI.create(target)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/%, path",
        "/%4, path",
        "/%4g, path",
        "/%80, path",
        "/%C0%80, path",
        "/%ED%A0%80, path",
        "/%F8%88%80%80%80, path",
        "/a|b, path",
        "/a b, path",
        "/a[b], path",
        "/ä, path",
        "/a?page=%FF, page",
        "/a?x=1&page=%C3&y=2, page",
        "/a?%FF, query",
        "/a?a\"=1, query",
        "*, path",
        "//, path",
    })
    void theWrongPartIsNamed(String target, String field) {
        assertThat(TargetRules.refusalOf(target).errors()).singleElement().satisfies(error -> assertThat(error.field())
                .isEqualTo(field));
    }
}
