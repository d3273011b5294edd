package dev.laurel.access.token;

import dev.laurel.access.Loopback;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** Fetches the key set of an issuer, without following it elsewhere. */
final class JwksRequest implements Supplier<Uni<String>> {
    /** Issuers have a few kilobytes. */
    private static final int MAX_BYTES = 256 * 1_024;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client;
    private final RequestOptions request;

    /** @param plainHttp whether another machine may be asked without encryption */
    JwksRequest(Vertx vertx, URI address, boolean plainHttp) {
        requireSafe(address, plainHttp);
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(1)
                .setConnectTimeout((int) PATIENCE.toMillis())
                .setIdleTimeout((int) PATIENCE.toSeconds()));
        this.request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address.toString())
                .setFollowRedirects(false)
                .setTimeout(PATIENCE.toMillis())
                .putHeader("Accept", "application/jwk-set+json, application/json");
    }

    private static void requireSafe(URI address, boolean plainHttp) {
        boolean http = "http".equals(address.getScheme());
        if (!http && !"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("laurel.access.jwks-url must be an https URL");
        }
        if (http && !plainHttp && !Loopback.isName(address.getHost())) {
            throw new IllegalArgumentException(
                    "laurel.access.jwks-url must be an https URL: anyone who can change what an http address sends can sign tokens."
                            + " In a network that nobody else reaches, laurel.access.jwks-plain-http=true accepts it");
        }
    }

    @Override
    public Uni<String> get() {
        return Uni.createFrom()
                .<String>emitter(emitter -> client.request(request)
                        .compose(sent -> sent.send())
                        .onFailure(emitter::fail)
                        .onSuccess(response -> {
                            if (response.statusCode() == OK) {
                                read(response, emitter::complete, emitter::fail);
                            } else {
                                response.request().reset();
                                emitter.fail(new IOException("its response has status " + response.statusCode()));
                            }
                        }))
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new IOException("it has not responded within " + PATIENCE.toSeconds() + " s"));
    }

    private static void read(
            HttpClientResponse response,
            java.util.function.Consumer<String> done,
            java.util.function.Consumer<Throwable> failed) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(failed::accept);
        response.endHandler(end -> done.accept(body.toString()));
        response.handler(part -> {
            if (body.length() + part.length() > MAX_BYTES) {
                response.request().reset();
                failed.accept(new IOException("its key set is larger than " + MAX_BYTES + " bytes"));
            } else {
                body.appendBuffer(part);
            }
        });
    }
}
