package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Segments whose members change at random, through the service and in plain sets alike. */
public final class RandomSegments {
    private static final List<String> VALUES = List.of("VN", "Côte d’Ivoire: Sud", "12");

    private final LaurelApi api;
    private final List<String> players;
    private final Random random;
    private final String kind;
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, Set<String>> friends = new LinkedHashMap<>();

    /**
     * Segments of some players, with two groups that have no members yet.
     *
     * @param kind of the groups and name of the attribute, see {@link #newKind}
     */
    public RandomSegments(LaurelApi api, String kind, Collection<String> players, long seed) {
        this.api = api;
        this.kind = kind;
        this.players = List.copyOf(new LinkedHashSet<>(players));
        this.random = new Random(seed);
        for (String group : List.of("one", "two")) {
            api.put(group(group), "{\"title\":\"T\"}").expect(201);
            groups.put(group, new HashSet<>());
        }
    }

    /** A kind that no other test uses. */
    public static String newKind() {
        return "k" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Changes members, attributes and friends, each in some way. */
    public void step() {
        String group = Workload.one(random, List.copyOf(groups.keySet()));
        switch (random.nextInt(6)) {
            case 0 -> join(group, Workload.one(random, players));
            case 1 -> leave(group);
            case 2 -> change("ADD", group, some());
            case 3 -> change("REMOVE", group, some());
            default -> change("REPLACE", group, some());
        }
        describe(Workload.one(random, players));
        befriend(Workload.one(random, players));
    }

    private void join(String group, String player) {
        int status = groups.get(group).add(player) ? 201 : 200;
        api.put(group(group) + "/members/" + LaurelApi.segment(player), "{}").expect(status);
    }

    private void leave(String group) {
        if (groups.get(group).isEmpty()) {
            return;
        }
        String player = Workload.one(random, List.copyOf(groups.get(group)));
        groups.get(group).remove(player);
        api.delete(group(group) + "/members/" + LaurelApi.segment(player)).expect(204);
    }

    private void change(String change, String group, Set<String> chosen) {
        Set<String> members = groups.get(group);
        switch (change) {
            case "ADD" -> members.addAll(chosen);
            case "REMOVE" -> members.removeAll(chosen);
            default -> {
                members.clear();
                members.addAll(chosen);
            }
        }
        Reply reply = api.post(
                group(group) + "/members", "{\"change\":\"" + change + "\",\"playerIds\":[" + ids(chosen) + "]}");
        assertThat(reply.expect(200).json().path("members").asInt())
                .as("members in %s", reply)
                .isEqualTo(members.size());
    }

    private void describe(String player) {
        String value = Workload.one(random, VALUES);
        attributes.put(player, value);
        String json = value.equals("12") ? value : Wire.quoted(value);
        int status = api.put(
                        "/api/v1/players/" + LaurelApi.segment(player),
                        "{\"displayName\":\"N\",\"attributes\":{\"" + kind + "\":" + json + "}}")
                .status();
        assertThat(status).isIn(200, 201);
    }

    private void befriend(String player) {
        Set<String> chosen = some();
        chosen.remove(player);
        api.put("/api/v1/players/" + LaurelApi.segment(player) + "/friends", "{\"friends\":[" + ids(chosen) + "]}")
                .expect(200);
        chosen.add(player);
        friends.put(player, chosen);
    }

    private Set<String> some() {
        return players.stream().filter(player -> random.nextInt(3) == 0).collect(Collectors.toSet());
    }

    private static String ids(Collection<String> chosen) {
        return chosen.stream().map(Wire::quoted).collect(Collectors.joining(","));
    }

    private String group(String id) {
        return "/api/v1/groups/" + kind + "/" + id;
    }

    /** Every segment that there is now, with its members. */
    public Map<String, Set<String>> all() {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        groups.forEach((group, members) -> all.put(kind + ":" + group, members));
        attributes.forEach((player, value) ->
                all.computeIfAbsent(kind + ":" + value, none -> new HashSet<>()).add(player));
        friends.forEach((player, members) -> all.put("friends:" + player, members));
        return all;
    }
}
