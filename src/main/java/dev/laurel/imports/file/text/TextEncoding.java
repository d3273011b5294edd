package dev.laurel.imports.file.text;

import java.nio.charset.Charset;

/**
 * The encoding of a text.
 *
 * @param mark bytes at the beginning that tell the encoding and are no part of the text
 */
record TextEncoding(Charset charset, int mark) {}
