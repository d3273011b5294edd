package dev.laurel.shipping;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The images that the files name. */
final class Images {
    /** A tag with a number in it, which {@code latest} has not; with a digest behind it or without. */
    static final String PINNED = "[a-z0-9./-]+:[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*(@sha256:[0-9a-f]{64})?";

    private static final Path LOCAL = Path.of("k8s/overlays/local");

    private Images() {}

    static String withoutDigest(String image) {
        return image.replaceFirst("@.*", "");
    }

    /** The version of the service that the base of the manifests names. */
    static String version() {
        JsonNode image = YamlFile.read(Path.of("k8s/base/kustomization.yaml"))
                .path("images")
                .path(0);
        return image.path("newTag").asText();
    }

    /** The image of a store in the overlay that brings its own. */
    static String ofLocalOverlay(String store) {
        List<JsonNode> documents = YamlFile.documents(YamlFile.text(LOCAL.resolve(store + ".yaml")));
        return documents.stream()
                .flatMap(document -> StreamSupport.stream(
                        document.at("/spec/template/spec/containers").spliterator(), false))
                .map(container -> container.path("image").asText())
                .findFirst()
                .orElseThrow();
    }
}
