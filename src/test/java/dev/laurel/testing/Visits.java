package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Requests that are to succeed, remembered to be held against what the service says it serves. */
public final class Visits {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final LaurelApi api;
    private final List<String> requests = new ArrayList<>();

    public Visits(LaurelApi api) {
        this.api = api;
    }

    public Reply get(String path) {
        return succeeded(api.get(path));
    }

    public Reply put(String path, String json) {
        return succeeded(api.put(path, json));
    }

    public Reply post(String path, String json) {
        return succeeded(api.post(path, json));
    }

    /** Sends a JSON merge patch. */
    public Reply patch(String path, String json) {
        return succeeded(api.patch(path, json));
    }

    public Reply delete(String path) {
        return succeeded(api.delete(path));
    }

    /** Sends a body under a method of the caller's choice. */
    public Reply send(String method, String path, String json) {
        return succeeded(api.send(method, path, "application/json", json));
    }

    /** Sends a form with a file. */
    public Reply upload(Uploads.Form form, String file, byte[] content) {
        return succeeded(new Uploads(api).send(form, file, content));
    }

    /** What was asked, each as a method and a path. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What the document of the service says can be asked, each as a pattern of a method and a path. */
    public List<String> operations() {
        List<String> operations = new ArrayList<>();
        api.get("/q/openapi?format=json")
                .expect(200)
                .json()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .map(operation -> operation.getKey())
                        .filter(METHODS::contains)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + pattern(path.getKey()))
                        .forEach(operations::add));
        return operations;
    }

    private static String pattern(String path) {
        return path.replaceAll("\\{[^}]*}", "[^/?]+") + "(\\?.*)?";
    }

    private Reply succeeded(Reply reply) {
        assertThat(reply.status()).as("status of %s", reply).isBetween(200, 299);
        return asked(reply);
    }

    /** Remembers a request whose answer the caller has looked at. */
    public Reply asked(Reply reply) {
        requests.add(reply.request().replaceFirst("http://[^/]*", ""));
        return reply;
    }
}
