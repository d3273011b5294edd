package dev.laurel.web.imports;

import dev.laurel.imports.spool.Spool;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;
import dev.laurel.shared.Texts;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Reads one form: its file goes to the spool a piece at a time, and the client waits while one is being stored. Used on the
 * event loop of its connection only.
 */
final class UploadReader {
    private static final String FILE = "file";
    private static final int LONGEST_NAME = 200;

    private final HttpServerRequest request;
    private final Spool spool;
    private final Tenant tenant = CurrentTenant.get();
    private final UUID file;
    private final long most;
    private final MessageDigest digest = sha256();
    private UniEmitter<? super Upload> answer;
    private Buffer gathered = Buffer.buffer();
    private String name;
    private long bytes;
    private int pieces;
    private long looked;
    private boolean waited;
    private boolean storing;
    private boolean ended;
    private boolean over;

    /** @param most bytes of a file */
    UploadReader(RoutingContext request, Spool spool, UUID file, long most) {
        this.request = request.request();
        this.spool = spool;
        this.file = file;
        this.most = most;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads the form to its end.
     *
     * @return fails with {@link InvalidInput} when it is none, or has no file, with {@link TooLarge} when that is too large,
     *     and as the store does
     */
    Uni<Upload> read() {
        return Uni.createFrom().emitter(emitter -> {
            answer = emitter;
            try {
                request.setExpectMultipart(true);
            } catch (IllegalStateException noForm) {
                fail(new InvalidInput(FILE, "is missing: the body is not a form with a boundary"));
                return;
            }
            request.uploadHandler(this::begin);
            request.exceptionHandler(
                    broken -> fail(new InvalidInput(FILE, "cannot be read: the body is not a valid form")));
            request.endHandler(ignored -> {
                ended = true;
                proceed();
            });
            if (request.getHeader("Expect") != null) {
                request.response().writeContinue();
            }
            request.resume();
        });
    }

    private void begin(HttpServerFileUpload upload) {
        if (!FILE.equals(upload.name()) || name != null) {
            upload.handler(ignored -> {});
            fail(new InvalidInput(shown(upload.name()), name == null ? "is not a file" : "is given twice"));
            return;
        }
        name = shown(upload.filename());
        upload.exceptionHandler(broken -> fail(new InvalidInput(FILE, "has not arrived completely")));
        upload.handler(this::take);
    }

    private static String shown(String text) {
        if (text == null || text.isBlank() || !Texts.isSound(text)) {
            return Upload.NAMELESS;
        }
        return text.codePointCount(0, text.length()) <= LONGEST_NAME
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_NAME));
    }

    private void take(Buffer data) {
        if (over) {
            return;
        }
        bytes += data.length();
        if (bytes > most) {
            fail(new TooLarge());
            return;
        }
        gathered.appendBuffer(data);
        digest.update(data.getBytes());
        proceed();
    }

    /** Stores what has been gathered: whole pieces, and at the end the rest. */
    private void proceed() {
        if (over || storing) {
            return;
        }
        if (gathered.length() >= Spool.PIECE || ended && gathered.length() > 0) {
            store();
        } else if (ended) {
            complete();
        }
    }

    private void store() {
        int length = Math.min(Spool.PIECE, gathered.length());
        Buffer piece = gathered.getBuffer(0, length);
        gathered = gathered.getBuffer(length, gathered.length());
        storing = true;
        waited = true;
        if (!ended) {
            request.pause();
        }
        spool.append(file, pieces++, io.vertx.mutiny.core.buffer.Buffer.newInstance(piece))
                .subscribe()
                .with(ignored -> stored(), this::fail);
    }

    private void stored() {
        storing = false;
        proceed();
        if (!storing && !ended && !over) {
            request.resume();
        }
    }

    private void complete() {
        over = true;
        if (name == null || bytes == 0) {
            answer.fail(new InvalidInput(FILE, name == null ? "is missing" : "is empty"));
            return;
        }
        byte[] hash = digest.digest();
        spool.complete(tenant, file, bytes, hash)
                .map(ignored -> new Upload(file, name, bytes, hash, fields()))
                .subscribe()
                .with(answer::complete, answer::fail);
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        request.formAttributes().forEach((field, received) -> {
            // The decoder takes the first half of the line end for a part of the value if the other half arrives later.
            String value = received.endsWith("\r") ? received.substring(0, received.length() - 1) : received;
            if (fields.put(field, value) != null) {
                throw new InvalidInput(shown(field), "is given twice");
            }
            if (!Texts.isSound(value)) {
                throw new InvalidInput(shown(field), Texts.RULE);
            }
        });
        return fields;
    }

    /** Ends a form that has not arrived in time. */
    void expire() {
        fail(new TooSlow());
    }

    /** Ends a form of which fewer bytes than that have arrived since the last call, unless the store was waited for. */
    void requireProgress(long least) {
        if (!waited && !storing && !ended && bytes - looked < least) {
            expire();
        }
        waited = false;
        looked = bytes;
    }

    private void fail(Throwable failure) {
        if (!over) {
            over = true;
            answer.fail(failure);
        }
    }

    /** The file is larger than accepted. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("The file is too large", null, false, false);
        }
    }

    /** The file has not arrived in time. */
    static final class TooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlow() {
            super("The file is too slow", null, false, false);
        }
    }
}
