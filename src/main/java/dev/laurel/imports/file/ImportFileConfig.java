package dev.laurel.imports.file;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of uploaded files; a file beyond one of them is refused, and the error names the limit. */
@ConfigMapping(prefix = "laurel.imports.file")
public interface ImportFileConfig {
    /** Size of the file as it is uploaded. */
    @WithDefault("256M")
    MemorySize maxSize();

    /** Size of what is compressed in it. */
    @WithDefault("1G")
    MemorySize maxExpandedSize();

    /** How many times its compressed size a content may have, if it is larger than 8 MB. */
    @WithDefault("200")
    int maxExpansion();

    /** Rows without the header and without empty ones. */
    @WithDefault("2000000")
    long maxRows();

    /** Columns of a row. */
    @WithDefault("256")
    int maxColumns();

    /** Characters of a cell. */
    @WithDefault("32767")
    int maxCellLength();

    /** Characters of all cells of a row. */
    @WithDefault("262144")
    int maxRowLength();

    /** Memory for the texts that a spreadsheet keeps apart from its rows. */
    @WithDefault("64M")
    MemorySize maxSharedStrings();
}
