package dev.laurel.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.player.PlayerMerges.Part;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Precondition;
import dev.laurel.shared.SearchWords;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Parts of many records, written at once. */
@QuarkusTest
class PlayerMergesComponentTest {
    @Inject
    PlayerMerges merges;

    @Inject
    Players players;

    private String prefix;

    @BeforeEach
    void ownPlayers() {
        prefix = "m" + UUID.randomUUID().toString().substring(0, 8) + "-";
    }

    /** The model is a plain map, changed player by player in the order of ids. */
    @Test
    void mergesOfRandomPartsLeaveWhatOneAfterTheOtherWould() {
        Random random = new Random(5);
        Map<String, Map<String, Object>> model = new TreeMap<>();
        Map<String, Integer> revisions = new HashMap<>();
        for (int round = 0; round < 12; round++) {
            Map<String, Part> parts = new LinkedHashMap<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                int number = random.nextInt(24);
                parts.put(prefix + number, randomPart(random, number));
            }
            Map<String, String> expected = apply(parts, model, revisions);
            assertThat(await(merges.merge(Tenant.DEFAULT, parts))).isEqualTo(expected);
        }
        assertThat(model.keySet()).hasSizeGreaterThan(15);
        model.forEach((id, record) -> {
            Player found = await(players.get(key(id)));
            assertThat(asModel(found.profile())).isEqualTo(record);
            assertThat(found.revision()).isEqualTo(revisions.get(id));
            assertThat(await(players.known(key(id)))).contains(found);
            assertThat(await(players.search(Tenant.DEFAULT, found.profile().displayName(), new PageRequest(1, 100)))
                            .items())
                    .contains(found);
        });
        long words = model.values().stream()
                .mapToLong(record ->
                        SearchWords.of((String) record.get("displayName")).size())
                .sum();
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM player_word w JOIN player p ON p.number = w.player WHERE p.id LIKE '"
                                + prefix + "%'"))
                .isEqualTo(words);
    }

    /** Two players each want the same username, and never another one: the order in which one frees it is not defined. */
    private Part randomPart(Random random, int number) {
        Map<String, Object> attributes = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            attributes.put("a" + random.nextInt(3), random.nextBoolean() ? (Object) (long) random.nextInt(3) : "text");
        }
        return new Part(
                random.nextBoolean() ? null : "Name " + prefix + random.nextInt(3),
                random.nextInt(3) > 0 ? null : "u" + prefix + number / 2,
                random.nextBoolean() ? null : "https://example.org/" + random.nextInt(2),
                attributes);
    }

    private static Map<String, String> apply(
            Map<String, Part> parts, Map<String, Map<String, Object>> model, Map<String, Integer> revisions) {
        Map<String, String> refused = new HashMap<>();
        for (String id : new TreeSet<>(parts.keySet())) {
            Part part = parts.get(id);
            boolean taken = part.username() != null
                    && model.entrySet().stream()
                            .anyMatch(other -> !other.getKey().equals(id)
                                    && part.username().equals(other.getValue().get("username")));
            if (taken) {
                refused.put(id, "is taken by another player");
                continue;
            }
            Map<String, Object> before = model.get(id);
            Map<String, Object> after = new TreeMap<>(before == null ? Map.of("displayName", id) : before);
            put(after, "displayName", part.displayName());
            put(after, "username", part.username());
            put(after, "avatarUrl", part.avatarUrl());
            part.attributes().forEach((name, value) -> after.put("attributes." + name, value));
            if (!after.equals(before)) {
                model.put(id, after);
                revisions.merge(id, 1, Integer::sum);
            }
        }
        return refused;
    }

    private static void put(Map<String, Object> record, String field, Object value) {
        if (value != null) {
            record.put(field, value);
        }
    }

    private static Map<String, Object> asModel(PlayerProfile profile) {
        Map<String, Object> record = new TreeMap<>();
        put(record, "displayName", profile.displayName());
        put(record, "username", profile.username());
        put(record, "avatarUrl", profile.avatarUrl());
        profile.attributes().forEach((name, value) -> record.put("attributes." + name, value));
        return record;
    }

    @Test
    void whoIsBannedOrHiddenStaysSo() {
        PlayerProfile hidden =
                new PlayerProfile("Eve", null, null, Map.of("a", 1L), Visibility.HIDDEN, new Ban("cheating", null));
        await(players.put(key(prefix + "eve"), hidden, Precondition.NONE));

        await(merges.merge(Tenant.DEFAULT, Map.of(prefix + "eve", new Part("Eva", null, null, Map.of("b", 2L)))));

        assertThat(await(players.get(key(prefix + "eve"))).profile())
                .isEqualTo(new PlayerProfile(
                        "Eva", null, null, Map.of("a", 1L, "b", 2L), Visibility.HIDDEN, new Ban("cheating", null)));
    }

    @Test
    void onlyRecordsThatExistAreChangedAsWell() {
        Map<String, Part> parts = Map.of(prefix + "ann", new Part("Ann", null, null, Map.of("team", "red")));
        await(merges.merge(Tenant.DEFAULT, parts));

        assertThat(await(merges.merge(
                        Tenant.DEFAULT, Map.of(prefix + "ann", new Part(null, null, null, Map.of("team", "blue"))))))
                .isEmpty();
        assertThat(await(players.get(key(prefix + "ann"))).profile().attributes())
                .containsEntry("team", "blue");
        assertThat(await(merges.merge(Tenant.DEFAULT, Map.of()))).isEmpty();
    }

    @Test
    void aRecordWithTooManyAttributesIsRefusedAlone() {
        Map<String, Object> many = new TreeMap<>();
        for (int i = 0; i <= Attributes.MAX; i++) {
            many.put("a" + i, 1L);
        }
        Map<String, String> refused = await(merges.merge(
                Tenant.DEFAULT,
                Map.of(
                        prefix + "many", new Part("Many", null, null, many),
                        prefix + "few", new Part("Few", null, null, Map.of()))));

        assertThat(refused).containsOnlyKeys(prefix + "many");
        assertThat(await(players.known(key(prefix + "few")))).isPresent();
    }

    @Test
    void aSegmentIsNotedOnceHoweverManyEnterIt() {
        Map<String, Part> parts = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            parts.put(prefix + i, new Part("P", null, null, Map.of("guild", prefix + i % 2)));
        }
        await(merges.merge(Tenant.DEFAULT, parts));

        assertThat(StoredRows.number("SELECT count(*) FROM segment_change WHERE segment LIKE 'guild:" + prefix + "%'"))
                .isEqualTo(2);
    }

    @Test
    void mergesOfTheSamePlayersAtOnceAllArrive() {
        List<Uni<Map<String, String>>> all = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            Map<String, Part> parts = new TreeMap<>();
            for (int i = 0; i < 60; i++) {
                parts.put(prefix + i, new Part(null, null, null, Map.of("n" + n, 1L)));
            }
            all.add(merges.merge(Tenant.DEFAULT, parts));
        }
        await(Uni.join().all(all).andFailFast());

        for (int i = 0; i < 60; i++) {
            assertThat(await(players.get(key(prefix + i))).profile().attributes())
                    .hasSize(8);
        }
    }

    private static PlayerKey key(String id) {
        return new PlayerKey(Tenant.DEFAULT, id);
    }

    private static <T> T await(Uni<T> uni) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> uni);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
