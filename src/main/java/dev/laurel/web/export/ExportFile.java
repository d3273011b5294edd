package dev.laurel.web.export;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.List;
import java.util.Map;

/**
 * An export whose first piece has been read.
 *
 * @param name of the file, without its ending
 */
public record ExportFile(String name, ExportFormat format, Multi<byte[]> content) {
    /** @param rows the pieces with the rows, to which the end of the file is added */
    public static <T> ExportFile of(String name, ExportFormat format, Multi<byte[]> rows, RowWriter<T> writer) {
        Multi<byte[]> end = Multi.createFrom().item(writer::end);
        // A piece of a workbook may still be in its compressor.
        Multi<byte[]> all =
                Multi.createBy().concatenating().streams(rows, end).select().where(piece -> piece.length > 0);
        return new ExportFile(name, format, all);
    }

    /** The response, which has a status once the first piece has been read. */
    public static RestMulti<byte[]> response(Uni<ExportFile> begun) {
        return RestMulti.fromUniResponse(
                begun,
                ExportFile::content,
                file -> Map.of(
                        HttpHeaders.CONTENT_TYPE, List.of(file.format.contentType()),
                        HttpHeaders.CONTENT_DISPOSITION, List.of(file.disposition())));
    }

    private String disposition() {
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "." + format.word() + "\"";
    }
}
