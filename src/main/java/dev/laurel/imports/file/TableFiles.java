package dev.laurel.imports.file;

import dev.laurel.imports.file.content.Content;
import dev.laurel.imports.file.content.FileContent;
import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.content.Refusal;
import dev.laurel.imports.file.content.Signature;
import dev.laurel.imports.file.content.ZipContent;
import dev.laurel.imports.file.content.ZipEntries;
import dev.laurel.imports.file.table.RowSource;
import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.file.text.TextRows;
import dev.laurel.imports.file.xlsx.SheetRows;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.commons.compress.archivers.zip.ZipFile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens uploaded files as tables: texts, spreadsheets, and texts compressed by gzip or zip. What a file is follows from
 * its content, never from its name.
 */
@ApplicationScoped
public class TableFiles {
    private final FileLimits limits;

    @Inject
    TableFiles(ImportFileConfig config) {
        this(new FileLimits(
                config.maxSize().asLongValue(),
                config.maxExpandedSize().asLongValue(),
                config.maxExpansion(),
                config.maxRows(),
                config.maxColumns(),
                config.maxCellLength(),
                config.maxRowLength(),
                config.maxSharedStrings().asLongValue()));
    }

    public TableFiles(FileLimits limits) {
        this.limits = limits;
    }

    /** As below, with the first sheet. */
    public Table open(Path file) {
        return open(file, null);
    }

    /**
     * The table in a file; blocks, the longer the larger the file is: texts and spreadsheets are checked as a whole
     * before the first row is returned.
     *
     * @param sheet of a spreadsheet, by its name; null for the first one
     * @throws InvalidInput naming {@code file}, or {@code sheet} when there is none of that name
     * @throws UncheckedIOException when the disk fails
     */
    public Table open(Path file, String sheet) {
        try {
            if (Files.size(file) > limits.bytes()) {
                throw Refusal.tooLarge("has", limits.bytes(), "bytes");
            }
            return Table.of(rows(file, sheet), limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RowSource rows(Path file, String sheet) throws IOException {
        Signature signature = signature(FileContent.plain(file, limits));
        if (signature.refusal() != null) {
            throw Refusal.of(signature.refusal());
        }
        return switch (signature) {
            case ZIP -> zipped(file, sheet);
            case GZIP -> text(FileContent.gzip(file, limits), sheet, "gzip");
            default -> text(FileContent.plain(file, limits), sheet, null);
        };
    }

    private RowSource zipped(Path file, String sheet) throws IOException {
        ZipFile zip = ZipEntries.open(file);
        if (SheetRows.isWorkbook(zip)) {
            return SheetRows.of(zip, file, sheet, limits);
        }
        return text(ZipContent.of(zip, file, limits), sheet, "zip");
    }

    /** @param compression null for none */
    private RowSource text(Content content, String sheet, String compression) throws IOException {
        try {
            if (sheet != null) {
                throw new InvalidInput("sheet", "does not apply: the file is not a workbook");
            }
            Signature signature = compression == null ? Signature.TEXT : signature(content);
            if (signature.refusal() != null) {
                throw Refusal.of("contains a file that " + signature.refusal());
            }
            if (signature != Signature.TEXT) {
                throw Refusal.of("contains another compressed file inside of %s; send that file as it is", compression);
            }
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
        return TextRows.of(content, limits);
    }

    private static Signature signature(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] start = in.readNBytes(Signature.LENGTH);
            return Signature.of(start, start.length);
        }
    }
}
