package dev.laurel.standings.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.testing.OnEventLoop;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A window of its own in Redis, and the scripts to be run on it. */
public abstract class ScriptedWindow {
    static final String LEASE_MS = "30000";

    @Inject
    RedisLinks redis;

    protected final String base = "test:{" + UUID.randomUUID() + "}";
    protected final String set = base + ":set";
    protected final String hash = base + ":hash";
    protected final String lease = base + ":load";

    protected int begin(String token) {
        return run("rebuild_begin", List.of(set, hash, lease), token, LEASE_MS, "ANY", "")
                .toInteger();
    }

    /** Of each player: id, version, sort key, tie key. */
    protected int load(String token, String... players) {
        List<String> arguments = new ArrayList<>(List.of(token, LEASE_MS));
        List<String> values = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < players.length; i += 4) {
            String player = players[i];
            String tie = players[i + 3];
            arguments.add(player);
            values.addAll(List.of(player, players[i + 1] + ":" + players[i + 2] + ":" + tie));
            places.addAll(
                    List.of(players[i + 2], tie.startsWith("~") ? player + "\0" + tie.substring(1) : tie + player));
        }
        arguments.addAll(values);
        arguments.addAll(places);
        return run("rebuild_load", List.of(set, hash, lease), arguments.toArray(String[]::new))
                .toInteger();
    }

    protected int finish(String token) {
        return run("rebuild_finish", List.of(set, hash, lease), token, "").toInteger();
    }

    protected Response apply(String player, String version, String sort, String tie) {
        return run("apply", List.of(set, hash), "COMPETITION", "", player, version, "2", sort, tie);
    }

    protected Response page(int offset, int limit) {
        return run("page", List.of(set, hash), Integer.toString(offset), Integer.toString(limit));
    }

    protected Response after(String sort, String member, int limit) {
        return run("after", List.of(set, hash), sort, member, Integer.toString(limit));
    }

    protected Response around(String player) {
        return around(player, "1");
    }

    protected Response around(String player, String radius) {
        return only(run("around", List.of(set, hash), player, radius, radius));
    }

    protected Response lookup(String... players) {
        List<String> question = new ArrayList<>(List.of(Integer.toString(players.length)));
        question.addAll(List.of(players));
        return only(run("lookup", List.of(set, hash), question.toArray(String[]::new)));
    }

    /** The answer of a script that answers several questions to a single one. */
    protected static Response only(Response answers) {
        if (answers == null || answers.type() != ResponseType.MULTI) {
            return answers;
        }
        assertThat(answers.size()).isEqualTo(1);
        return answers.get(0);
    }

    protected Response run(String script, List<String> keys, String... arguments) {
        RedisScript loaded = RedisScript.load("standings/window", "standings/" + script);
        return OnEventLoop.await(() -> redis.run(loaded, keys, List.of(arguments)));
    }

    protected Response send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        List.of(arguments).forEach(request::arg);
        return OnEventLoop.await(() -> redis.send(arguments[0], request));
    }

    protected String held(String player) {
        Response held = send(Command.HGET, hash, player);
        return held == null ? null : held.toString();
    }

    protected List<String> members() {
        return texts(send(Command.ZRANGE, set, "0", "-1"));
    }

    protected static List<String> entries(Response answer) {
        List<String> members = new ArrayList<>();
        for (int i = 4; i < answer.size(); i += 2) {
            members.add(answer.get(i).toString());
        }
        return members;
    }

    protected static List<String> texts(Response answer) {
        return StreamSupport.stream(answer.spliterator(), false)
                .map(Response::toString)
                .toList();
    }

    /** The leading integers of an answer. */
    protected static List<Integer> numbers(Response answer) {
        return StreamSupport.stream(answer.spliterator(), false)
                .map(Response::toString)
                .takeWhile(text -> text.matches("-?\\d{1,6}"))
                .map(Integer::valueOf)
                .toList();
    }
}
