package dev.laurel.shipping;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One way in which the service is put on a cluster, as kubectl renders it, or where that is missing as it is written. */
record Overlay(String name, boolean rendered, KubernetesObjects objects) {
    private static final Path MANIFESTS = Path.of("k8s");

    static Overlay of(String name) {
        Optional<String> rendered = render(MANIFESTS.resolve("overlays").resolve(name));
        return rendered.map(yaml -> new Overlay(name, true, KubernetesObjects.parse(yaml)))
                .orElseGet(() -> new Overlay(name, false, KubernetesObjects.of(asWritten(name))));
    }

    /** The files of base, components and overlay: without patches, generated objects, and the image of the overlay. */
    private static List<JsonNode> asWritten(String name) {
        List<Path> files = new ArrayList<>(YamlFile.below(MANIFESTS.resolve("base"), ".yaml"));
        files.addAll(YamlFile.below(MANIFESTS.resolve("components"), ".yaml"));
        files.addAll(YamlFile.below(MANIFESTS.resolve("overlays").resolve(name), ".yaml"));
        return files.stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .flatMap(file -> YamlFile.documents(YamlFile.text(file)).stream())
                .toList();
    }

    private static Optional<String> render(Path folder) {
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException missing) {
            System.out.println("[manifests] kubectl is not installed: " + folder + " is checked as it is written");
            return Optional.empty();
        }
        try {
            String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("kubectl cannot render " + folder);
            }
            return Optional.of(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while rendering " + folder, e);
        }
    }
}
