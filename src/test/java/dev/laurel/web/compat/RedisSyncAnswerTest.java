package dev.laurel.web.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.admin.Maintenance.LoadedWindow;
import dev.laurel.admin.Maintenance.Sync;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.web.compat.AdminResource.SyncJson;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a synchronisation tells of a window that another loader is at. */
class RedisSyncAnswerTest {

    @Test
    void aWindowThatAnotherLoaderIsAtIsNotShownAsEmpty() {
        Sync sync = new Sync(List.of(loaded(7), loaded(-1), loaded(0)), Duration.ofMillis(12));

        JsonNode answer = new ObjectMapper().valueToTree(SyncJson.of(sync));

        assertThat(answer.path("loaded").asLong()).isEqualTo(7);
        assertThat(answer.at("/windows/0/users").asLong()).isEqualTo(7);
        assertThat(answer.at("/windows/0").has("loading")).isFalse();
        assertThat(answer.at("/windows/1/users").isNull()).isTrue();
        assertThat(answer.at("/windows/1/loading").asBoolean()).isTrue();
        assertThat(answer.at("/windows/2/users").isNumber()).isTrue();
        assertThat(answer.at("/windows/2").has("loading")).isFalse();
    }

    private static LoadedWindow loaded(long players) {
        Instant start = Instant.parse("2026-11-20T00:00:00Z");
        Window day = new Window(Period.DAILY, "2026-11-20", start, start.plus(Duration.ofDays(1)));
        return new LoadedWindow(new WindowRef(null, day, day.firstKey(), day.id(), WindowState.OPEN, true), players);
    }
}
