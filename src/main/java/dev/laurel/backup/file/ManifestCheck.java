package dev.laurel.backup.file;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What shows that a manifest is as it was written: a hash, or with a key an authentication code. */
final class ManifestCheck {
    private static final Pattern FILE = Pattern.compile("[a-z][a-z0-9_]*-\\d{4,}\\.ndjson\\.zst(\\.aes)?");

    private final String backup;
    private final BackupKey key;

    /** @param key null for none */
    ManifestCheck(String backup, BackupKey key) {
        this.backup = backup;
        this.key = key;
    }

    byte[] sum(byte[] manifest) {
        byte[] sum = key == null
                ? BackupFileWriter.sha256().digest(manifest)
                : key.authenticate("manifest/" + backup, manifest);
        return (HexFormat.of().formatHex(sum) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    Manifest manifest(byte[] text, byte[] sum) throws DamagedFile {
        JsonNode json = ManifestJson.parse(text);
        requireFormat(ManifestJson.format(json));
        requireKey(json.path("keyId").textValue());
        if (!MessageDigest.isEqual(sum, sum(text))) {
            throw new DamagedFile(BackupFolder.MANIFEST, "was changed: manifest.sum is that of another text");
        }
        Manifest manifest = ManifestJson.read(json);
        if (!manifest.id().equals(backup)) {
            throw new DamagedFile(BackupFolder.MANIFEST, "is that of backup " + manifest.id());
        }
        for (BackupFile file : manifest.files()) {
            if (!FILE.matcher(file.name()).matches()) {
                throw new DamagedFile(BackupFolder.MANIFEST, "names a file that no backup has");
            }
        }
        return manifest;
    }

    private static void requireFormat(int format) throws DamagedFile {
        if (format > Manifest.FORMAT) {
            throw new DamagedFile(
                    BackupFolder.MANIFEST,
                    "is of format " + format + ", and this program reads format " + Manifest.FORMAT
                            + ": use a newer program");
        }
        if (format < 1) {
            throw new DamagedFile(BackupFolder.MANIFEST, "has no format");
        }
    }

    /** A backup without encryption is refused where there is a key, or anybody could put one in the place of another. */
    private void requireKey(String keyId) throws DamagedFile {
        if (keyId != null && key == null) {
            throw new DamagedFile(
                    BackupFolder.MANIFEST,
                    "says that the backup is encrypted by key " + keyId + ", and no key is set (laurel.backup.key)");
        }
        if (keyId == null && key != null) {
            throw new DamagedFile(
                    BackupFolder.MANIFEST,
                    "says that the backup is not encrypted, and a key is set; to trust it, remove laurel.backup.key");
        }
        if (keyId != null && !keyId.equals(key.id())) {
            throw new DamagedFile(
                    BackupFolder.MANIFEST,
                    "says that the backup is encrypted by key " + keyId + ", and the key that is set is " + key.id());
        }
    }
}
