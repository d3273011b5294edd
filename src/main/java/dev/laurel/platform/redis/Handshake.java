package dev.laurel.platform.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/** The first command on a new connection: it identifies the run of Redis at the other end. */
final class Handshake {
    private static final String RUN_ID = "run_id:";

    private Handshake() {}

    static Request command() {
        return Request.cmd(Command.INFO).arg("server");
    }

    /** The run_id in the reply; null when there is none. */
    static String runId(Response info) {
        if (info == null || info.type() == ResponseType.ERROR) {
            return null;
        }
        return info.toString()
                .lines()
                .filter(line -> line.startsWith(RUN_ID))
                .map(line -> line.substring(RUN_ID.length()).trim())
                .findFirst()
                .orElse(null);
    }
}
