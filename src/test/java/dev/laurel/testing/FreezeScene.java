package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/** Boards that are frozen in the evening, five seconds past eight. */
public abstract class FreezeScene extends RolloverScene {
    protected static final String INSTANT = "2024-05-14T20:00:10Z";

    protected static String path(String board) {
        return "/api/v1/boards/" + board + "/freeze";
    }

    /** Freezes a board as soon as possible, and steps to the instant. */
    protected void freeze(String board) {
        assertThat(api.put(path(board), "").expect(201).json().path("at").asText())
                .isEqualTo(INSTANT);
        stand(INSTANT);
    }

    protected void reveal(String board) {
        api.delete(path(board)).expect(204);
    }

    protected Reply live(String board, String query) {
        return api.get("/api/v1/admin/boards/" + board + "/rankings/daily" + query);
    }

    protected List<String> players(String board, String query) {
        return frozen(board, query).path("entries").findValuesAsText("playerId");
    }

    /** A page that is not of the present. */
    protected JsonNode frozen(String board, String query) {
        JsonNode page = api.top(board, Period.DAILY, query).expect(200).json();
        assertThat(page.path("source").asText()).as("source of %s", page).isEqualTo("FROZEN");
        assertThat(page.path("window").path("state").asText()).isEqualTo("OPEN");
        return page;
    }

    protected JsonNode windows(String board) {
        return api.windows(board, Period.DAILY).expect(200).json();
    }

    protected JsonNode closings(String board) {
        return api.get("/api/v1/boards/" + board + "/windows/closed")
                .expect(200)
                .json();
    }

    protected JsonNode history(String board, String player) {
        return api.get("/api/v1/players/" + player + "/history?board=" + board + "&period=daily")
                .expect(200)
                .json();
    }

    protected static int id(String board) {
        return (int) StoredRows.number("SELECT id FROM board WHERE name = ?", board);
    }
}
