package dev.laurel.imports.file.content;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.apache.commons.compress.archivers.zip.ZipFile;

import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The native program's {@link ZipFile}. Such archives are refused before this is called; without it, the program would
 * need the native library of that method.
 */
@TargetClass(ZipFile.class)
final class ZipWithoutZstd {
    @Substitute
    InputStream createZstdInputStream(InputStream in) throws ZipException {
        throw new ZipException("Zstandard is not supported");
    }
}
