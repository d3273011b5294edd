package dev.laurel.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.SortOrder;
import dev.laurel.challenge.ChallengeDefinition.Measure;
import dev.laurel.shared.Tenant;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

class SubmissionDocumentTest {
    private static final Instant NOW = Instant.parse("2024-05-14T20:00:00Z");

    @Test
    void theIdFollowsFromTheKey() {
        SubmissionDocument first = document(1, "easy", attempt("ann", "a", "key"));

        assertThat(document(1, "easy", attempt("ann", "a", "key")).id()).isEqualTo(first.id());
        assertThat(document(1, "hard", attempt("bob", "b", "key")).id())
                .as("whatever is sent under the key")
                .isEqualTo(first.id());
        assertThat(document(1, "easy", attempt("ann", "a", "other")).id()).isNotEqualTo(first.id());
        assertThat(document(2, "easy", attempt("ann", "a", "key")).id())
                .as("another life of the challenge")
                .isNotEqualTo(first.id());
        assertThat(first.id().version()).isEqualTo(8);
        assertThat(first.id().variant()).isEqualTo(2);
    }

    @Test
    void aPlayersKeysAreApartFromThoseOfOthers() {
        UUID own = document(1, "easy", byPlayer("ann", "key")).id();

        assertThat(document(1, "easy", byPlayer("ann", "key")).id()).isEqualTo(own);
        assertThat(document(1, "easy", byPlayer("bob", "key")).id()).isNotEqualTo(own);
        assertThat(document(1, "easy", attempt("ann", "a", "key")).id()).isNotEqualTo(own);
        assertThat(document(1, "easy", byPlayer("ann", null)).id()).isNotEqualTo(own);
    }

    @Test
    void withoutAKeyEachIsAnother() {
        assertThat(document(1, "easy", attempt("ann", "a", null)).id())
                .isNotEqualTo(document(1, "easy", attempt("ann", "a", null)).id());
    }

    @Test
    void theHashTellsContentsApart() {
        long hash = document(1, "easy", attempt("ann", "a", "key")).hash();

        assertThat(document(1, "easy", attempt("ann", "a", "other")).hash()).isEqualTo(hash);
        assertThat(document(1, "hard", attempt("ann", "a", "key")).hash()).isNotEqualTo(hash);
        assertThat(document(1, "easy", attempt("bob", "a", "key")).hash()).isNotEqualTo(hash);
        assertThat(document(1, "easy", attempt("ann", "b", "key")).hash()).isNotEqualTo(hash);
    }

    @Test
    void theLengthIsWhatIsSortedBy() {
        JsonObject json =
                new JsonObject(document(1, "easy", attempt("ann", "aé👩", null)).text(NOW, 7));

        assertThat(json.getLong("sort")).isEqualTo(3);
        assertThat(json.getInteger("points")).isEqualTo(10);
        assertThat(json.getInteger("board")).isEqualTo(7);
        assertThat(json.getLong("at")).isEqualTo(NOW.toEpochMilli());
        assertThat(SubmissionDocument.submission(json.getString("event"))).hasToString(json.getString("id"));
    }

    private static Attempt attempt(String player, String content, String key) {
        return new Attempt(player, content, null, true, List.of(), null, key, false);
    }

    private static Attempt byPlayer(String player, String key) {
        return new Attempt(player, "a", null, true, List.of(), null, key, true);
    }

    private static SubmissionDocument document(int challenge, String variant, Attempt attempt) {
        TreeMap<String, Variant> variants = new TreeMap<>();
        variants.put("easy", new Variant(10, null, null));
        variants.put("hard", new Variant(20, null, null));
        ChallengeDefinition definition =
                new ChallengeDefinition("Level", Measure.LENGTH, SortOrder.ASC, "points", variants, List.of());
        ChallengeKey key = new ChallengeKey(Tenant.DEFAULT, "level");
        return SubmissionDocument.of(new Challenge(key, challenge, 1, definition, NOW, NOW), variant, attempt);
    }
}
