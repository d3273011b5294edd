package dev.laurel.access.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads a public key in the format PEM. */
final class PublicKeyText {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private PublicKeyText() {}

    /** @param text the key, or the path of a file with it */
    static PublicKey read(String text) {
        String pem = text.contains("BEGIN") ? text : content(text);
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw invalid();
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
                // one of another kind
            }
        }
        throw invalid();
    }

    private static String content(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("laurel.access.public-key names a file that cannot be read");
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException(
                "laurel.access.public-key must be an RSA, EC or Ed25519 key in PEM (BEGIN PUBLIC KEY), or a file with it");
    }
}
