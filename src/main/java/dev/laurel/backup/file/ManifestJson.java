package dev.laurel.backup.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.backup.file.Manifest.FeedPoint;
import dev.laurel.backup.file.Manifest.Schema;
import dev.laurel.backup.file.Manifest.Trigger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON form of a manifest. */
final class ManifestJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) throws JsonProcessingException {
        ObjectNode json = JSON.createObjectNode()
                .put("format", manifest.format())
                .put("id", manifest.id())
                .put("program", manifest.program())
                .put("startedAt", manifest.startedAt().toString())
                .put("endedAt", manifest.endedAt().toString())
                .put("trigger", manifest.trigger().name())
                .put("keyId", manifest.keyId());
        json.putObject("schema")
                .put("version", manifest.schema().version())
                .put("migrations", manifest.schema().migrations());
        json.putObject("feed")
                .put("next", manifest.feed().next())
                .put("shift", manifest.feed().shift());
        ObjectNode sequences = json.putObject("sequences");
        manifest.sequences().forEach(sequences::put);
        manifest.partitions().forEach(json.putArray("partitions")::add);
        ObjectNode tables = json.putObject("tables");
        manifest.tables().forEach(tables::put);
        var files = json.putArray("files");
        manifest.files().forEach(file -> files.addObject()
                .put("name", file.name())
                .put("table", file.table())
                .put("rows", file.rows())
                .put("rawBytes", file.rawBytes())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    /** The format alone, which a manifest of a newer program has too; 0 when there is none. */
    static int format(JsonNode json) {
        return json.path("format").asInt();
    }

    static JsonNode parse(byte[] text) throws DamagedFile {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new DamagedFile(BackupFolder.MANIFEST, "is not JSON", e);
        }
    }

    static Manifest read(JsonNode json) throws DamagedFile {
        try {
            return new Manifest(
                    format(json),
                    json.required("id").asText(),
                    json.required("program").asText(),
                    new Schema(
                            json.required("schema").required("version").asText(),
                            json.required("schema").required("migrations").asLong()),
                    Instant.parse(json.required("startedAt").asText()),
                    Instant.parse(json.required("endedAt").asText()),
                    Trigger.valueOf(json.required("trigger").asText()),
                    json.path("keyId").textValue(),
                    new FeedPoint(
                            json.required("feed").required("next").asLong(),
                            json.required("feed").required("shift").asLong()),
                    numbers(json.required("sequences")),
                    texts(json.required("partitions")),
                    numbers(json.required("tables")),
                    files(json.required("files")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedFile(BackupFolder.MANIFEST, "lacks something: " + e.getMessage(), e);
        }
    }

    private static Map<String, Long> numbers(JsonNode json) {
        Map<String, Long> numbers = new TreeMap<>();
        json.properties()
                .forEach(one -> numbers.put(one.getKey(), one.getValue().asLong()));
        return numbers;
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static List<BackupFile> files(JsonNode json) {
        List<BackupFile> files = new ArrayList<>();
        json.forEach(file -> files.add(new BackupFile(
                file.required("name").asText(),
                file.required("table").asText(),
                file.required("rows").asLong(),
                file.required("rawBytes").asLong(),
                file.required("bytes").asLong(),
                file.required("sha256").asText())));
        return files;
    }
}
