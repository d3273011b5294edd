package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.faults.SeasonRows.Closing;
import dev.laurel.faults.SeasonRows.Final;
import dev.laurel.testing.LaurelApi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether every season was closed once and in its turn, and whether its archive is what was sent. */
final class SeasonVerification {
    private static final int TOLD = 12;

    private final SeasonTrial trial;
    private final SeasonRows rows;
    private final RedisProbe redis;
    private final List<String> differences = new ArrayList<>();

    SeasonVerification(SeasonTrial trial, FaultStores stores) {
        this.trial = trial;
        this.rows = new SeasonRows(stores, trial.board());
        this.redis = stores.redis();
    }

    /** Checks everything, while nothing is sent and all windows are closed; answers how late the latest was closed. */
    Duration all(List<LaurelApi> services) {
        List<Closing> windows = rows.windows();
        SeasonLedger ledger = SeasonLedger.read(trial, rows);
        differences.addAll(ledger.complaints());
        compareWindows(windows, ledger);
        compareArchives(windows, ledger);
        compareRedis();
        for (int i = 0; i < windows.size(); i++) {
            String window = windows.get(i).id();
            compareAnswer(
                    services.get(i % services.size()), window, ledger.windows().get(window));
        }
        assertThat(differences.subList(0, Math.min(TOLD, differences.size())))
                .as("%d differences; the seed is %d", differences.size(), FaultSettings.SEED)
                .isEmpty();
        return windows.stream()
                .map(window -> Duration.between(window.end(), window.closedAt()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private void compareWindows(List<Closing> windows, SeasonLedger ledger) {
        List<String> ids = windows.stream().map(Closing::id).toList();
        if (ids.stream().distinct().count() < ids.size()) {
            differences.add("a season has two windows: " + ids);
        }
        ledger.windowsAcknowledged().stream()
                .filter(id -> !ids.contains(id))
                .forEach(id -> differences.add("no window " + id));
        Instant before = Instant.MIN;
        for (Closing window : windows) {
            boolean right = window.closed() && "ROLLOVER".equals(window.closedBy()) && window.retired();
            if (!right || window.closedAt().isBefore(window.end())) {
                differences.add("not closed as it should be: " + window);
            } else if (window.closedAt().isBefore(before)) {
                differences.add("closed before one that ended earlier: " + window + ", " + before);
            } else {
                before = window.closedAt();
            }
        }
        if (rows.closedTwice() > 0) {
            differences.add("the jobs say they have closed " + rows.closedTwice() + " more windows than are closed");
        }
    }

    private void compareArchives(List<Closing> windows, SeasonLedger ledger) {
        Map<String, List<Final>> archives = rows.archives().stream().collect(Collectors.groupingBy(Final::window));
        for (Closing window : windows) {
            List<Final> wanted = ranking(window.id(), ledger.windows().get(window.id()));
            List<Final> found = archives.getOrDefault(window.id(), List.of());
            if (!found.equals(wanted) || window.players() != wanted.size()) {
                differences.add("archive of " + window + ": " + firstDifference(found, wanted));
            }
        }
    }

    private static List<Final> ranking(String window, WindowScores scores) {
        List<Final> lines = new ArrayList<>();
        for (int player : scores == null ? new int[0] : scores.order()) {
            Final last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
            boolean tied = last != null && last.score() == scores.score(player);
            long better = tied ? last.better() : lines.size();
            lines.add(new Final(
                    window,
                    lines.size() + 1,
                    better,
                    better + 1,
                    player,
                    scores.score(player),
                    scores.instant(player)));
        }
        return lines;
    }

    private static String firstDifference(List<Final> found, List<Final> wanted) {
        for (int i = 0; i < Math.min(found.size(), wanted.size()); i++) {
            if (!found.get(i).equals(wanted.get(i))) {
                return found.get(i) + " instead of " + wanted.get(i);
            }
        }
        return found.size() + " players instead of " + wanted.size();
    }

    private void compareAnswer(LaurelApi api, String window, WindowScores scores) {
        JsonNode page = api.get(LaurelApi.ranking(trial.board(), "season") + "?limit=1000&window=" + window)
                .expect(200)
                .json();
        List<Final> found = new ArrayList<>();
        List<Final> wanted = ranking(window, scores);
        for (JsonNode entry : page.path("entries")) {
            long rank = entry.path("rank").asLong();
            found.add(new Final(
                    window,
                    found.size() + 1,
                    rank - 1,
                    rank,
                    Contest.number(entry.path("playerId").asText()),
                    entry.path("score").asLong(),
                    Instant.parse(entry.path("achievedAt").asText()).toEpochMilli()));
        }
        if (!found.equals(wanted) || page.path("total").asInt() != wanted.size()) {
            differences.add("API " + window + ": " + firstDifference(found, wanted));
        }
    }

    /** Redis has let go of the windows: at most it still says that they are closed. */
    private void compareRedis() {
        String keys = "laurel:{b" + rows.number() + "}:season:*:";
        for (String kind : List.of("set", "load")) {
            if (redis.send("KEYS", keys + kind).size() > 0) {
                differences.add("Redis still has " + redis.send("KEYS", keys + kind));
            }
        }
    }
}
