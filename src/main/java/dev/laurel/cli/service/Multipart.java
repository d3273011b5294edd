package dev.laurel.cli.service;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A form with a file (RFC 7578), which is read while it is sent. */
public final class Multipart {
    private final String boundary = "laurel-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();

    /** Adds a field; nothing for a value of null. */
    public Multipart field(String name, String value) {
        if (value != null) {
            text("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        }
        return this;
    }

    /** Adds a file. */
    public Multipart file(String name, Path file) throws FileNotFoundException {
        text("Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + quoted(file)
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        parts.add(BodyPublishers.ofFile(file));
        parts.add(BodyPublishers.ofString("\r\n"));
        return this;
    }

    /** As browsers escape names of files. */
    private static String quoted(Path file) {
        return file.getFileName()
                .toString()
                .replace("\"", "%22")
                .replace("\r", "%0D")
                .replace("\n", "%0A");
    }

    private void text(String text) {
        parts.add(BodyPublishers.ofString("--" + boundary + "\r\n" + text, StandardCharsets.UTF_8));
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    public BodyPublisher body() {
        List<BodyPublisher> all = new ArrayList<>(parts);
        all.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }
}
