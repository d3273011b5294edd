package dev.laurel.platform.redis;

import io.micrometer.core.instrument.Timer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One call of a script: by its hash, and with its text where Redis does not know it yet.
 *
 * @param timers records the duration, by the name of the script
 */
record ScriptCall(RedisScript script, List<String> keys, List<String> arguments, Function<String, Timer> timers) {

    void over(RedisLink link, BiConsumer<Request, RedisAnswer> sender, RedisAnswer answer) {
        long started = System.nanoTime();
        sender.accept(request(Command.EVALSHA, script.sha(), link), new RedisAnswer() {
            @Override
            public void succeeded(Response response) {
                timers.apply(script.name()).record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
                answer.succeeded(response);
            }

            @Override
            public void failed(Throwable failure) {
                if (failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT")) {
                    sender.accept(request(Command.EVAL, script.source(), link), answer);
                } else {
                    answer.failed(failure);
                }
            }
        });
    }

    private Request request(Command command, String text, RedisLink link) {
        Request request = Request.cmd(command).arg(text).arg(keys.size());
        keys.forEach(request::arg);
        request.arg(link.ready() ? link.processId() : "");
        arguments.forEach(request::arg);
        return request;
    }
}
