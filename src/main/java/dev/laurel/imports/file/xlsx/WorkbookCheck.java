package dev.laurel.imports.file.xlsx;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.laurel.imports.file.content.BoundedStream;
import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.content.Refusal;
import dev.laurel.imports.file.content.ZipEntries;
import dev.laurel.shared.LaurelException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Checks a workbook as a whole before the library reads it. The library trusts its input: it keeps shared texts in
 * memory, and believes a cell that claims to be in the billionth column.
 */
final class WorkbookCheck {
    private static final XMLInputFactory XML = factory();

    private final FileLimits limits;
    private long expanded;
    private long rows;

    private WorkbookCheck(FileLimits limits) {
        this.limits = limits;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Returns the number of rows in all sheets together. */
    static long rows(ZipFile zip, FileLimits limits) throws IOException {
        WorkbookCheck check = new WorkbookCheck(limits);
        List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
        Set<String> names = new HashSet<>();
        for (ZipArchiveEntry entry : entries) {
            String name = entry.getName().toLowerCase(Locale.ROOT);
            if (!names.add(name)) {
                throw Refusal.of("is a damaged workbook: it has two parts of the same name");
            }
            if (name.endsWith(".xml") || name.endsWith(".rels")) {
                check.part(zip, entry);
            }
        }
        return check.rows;
    }

    private void part(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        PartRules rules = new PartRules(limits);
        try (BoundedStream in = ZipEntries.open(zip, entry, limits)) {
            XMLStreamReader reader = XML.createXMLStreamReader(new ShortTokens(in));
            while (reader.hasNext()) {
                rules.see(reader.next(), reader);
            }
            reader.close();
            expanded += in.count();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException disk) {
                throw disk;
            }
            throw Refusal.of("is a damaged workbook: %s is not valid XML", shown(entry.getName()));
        }
        rows += rules.rows();
        if (expanded > limits.expandedBytes()) {
            throw Refusal.tooLarge("expands to", limits.expandedBytes(), "bytes");
        }
    }

    private static String shown(String name) {
        return name.matches("[\\w/.\\[\\]-]{1,80}") ? name : "a part";
    }

    /** What the library throws, as the refusal that it is. */
    static LaurelException refusal(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LaurelException refusal) {
                return refusal;
            }
        }
        return Refusal.of("cannot be read as a spreadsheet: it is damaged, or of another kind");
    }
}
