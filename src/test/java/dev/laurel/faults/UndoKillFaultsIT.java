package dev.laurel.faults;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.TwinBoards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code kill -9} of the service while it takes an adjustment back: it is undone as a whole, or not at all. */
@ExtendWith(Stage.Provider.class)
class UndoKillFaultsIT {
    private static final String WHY = "\"reason\":\"drawn by lot\",\"author\":\"judge-7\"}";
    private static final Duration HEALED = Duration.ofSeconds(30);
    private static final int PLAYERS = 20;
    private static final int MOST_MICROS = 25_000;

    private final int kills = FaultSettings.figure("undo-kills", 2, 50);

    @Test
    void anAdjustmentIsUndoneAsAWhole(Stage stage) {
        Replica service = stage.service();
        SplittableRandom random = FaultSettings.random("undo-kill");
        String board = aBoard("undo-kill").build().id();
        String never = aBoard("undo-never").build().id();
        String rules =
                "{\"title\":\"t\",\"rankMode\":\"ORDINAL\",\"periods\":[\"DAILY\",\"YEARLY\",\"ALL_TIME\",\"LAST_7_DAYS\"]}";
        service.api().putBoard(board, rules).expect(201);
        service.api().putBoard(never, rules).expect(201);
        for (int player = 0; player < PLAYERS; player++) {
            // Ties, so that an instant that is left behind shows.
            ScoreEvent event =
                    ScoreEvent.of("p" + player, Integer.toString(player % 4)).at(Instant.now());
            service.api().submit(board, event).expect(200);
            service.api().submit(never, event).expect(200);
        }
        int undoneByTheDead = 0;
        for (int round = 0; round < kills; round++) {
            // Every third player has nothing but the adjustment.
            String player = "p" + random.nextInt(PLAYERS + PLAYERS / 2);
            long id = adjust(service.api(), board, player, 1 + random.nextInt(5));
            CompletableFuture<Void> undo = CompletableFuture.runAsync(() -> undo(service.api(), board, id));
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS)));
            service.kill();
            undo.exceptionally(killed -> null).join();
            service.start();
            if (isUndone(service.api(), board, id)) {
                undoneByTheDead++;
            } else {
                undo(service.api(), board, id);
            }
            TwinBoards twins = new TwinBoards(service.api(), board, never);
            await().atMost(HEALED).untilAsserted(() -> {
                for (Period period : List.of(Period.DAILY, Period.YEARLY, Period.ALL_TIME, Period.LAST_7_DAYS)) {
                    twins.assertSame(period, "", List.of("score"));
                    twins.assertSamePlayer(period, player, "");
                }
            });
        }
        System.out.printf(
                "[faults] undo-kill: %d kills, of which %d came after the commit; equal each time%n",
                kills, undoneByTheDead);
    }

    private static long adjust(LaurelApi api, String board, String player, int score) {
        return api.post(adjustments(board), "{\"playerId\":\"" + player + "\",\"score\":" + score + "," + WHY)
                .expect(200)
                .json()
                .path("adjustment")
                .asLong();
    }

    private static void undo(LaurelApi api, String board, long id) {
        api.post(adjustments(board) + "/" + id + "/undo", "{" + WHY).expect(200);
    }

    private static boolean isUndone(LaurelApi api, String board, long id) {
        for (JsonNode item : api.get(adjustments(board)).expect(200).json().path("items")) {
            if (item.path("id").asLong() == id || item.path("adjustment").asLong() == id) {
                return item.hasNonNull("undoneAt");
            }
        }
        throw new AssertionError("adjustment " + id + " is not listed");
    }

    private static String adjustments(String board) {
        return "/api/v1/admin/boards/" + board + "/adjustments";
    }
}
