package dev.laurel.shared;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a name in their searchable form: without case, accents and Unicode's alternative encodings of the same
 * letter.
 *
 * <p>Words are separated by spaces and punctuation. Marks are removed where they are accents, as in Latin, Greek and
 * Cyrillic, or where they are usually omitted in writing, as in Arabic and Hebrew; the vowels of Indic scripts and the
 * voicing marks of Japanese stay. Latin letters with a stroke, which Unicode does not decompose, count as those
 * without.
 */
public final class SearchWords {
    /** Significant code points of a word: the index takes no longer ones. */
    private static final int LONGEST = 64;

    /** Maximum number of words in a search; the rest is ignored. */
    private static final int MAX_SOUGHT = 10;

    private SearchWords() {}

    /** The distinct words of a name, in their order. */
    public static Set<String> of(String name) {
        Set<String> words = new LinkedHashSet<>();
        StringBuilder word = new StringBuilder();
        int length = 0;
        for (int point : Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .toArray()) {
            if (isSeparator(point)) {
                add(words, word);
                length = 0;
            } else if (!isAccent(point) && length < LONGEST) {
                append(word, Character.toLowerCase(point));
                length++;
            }
        }
        add(words, word);
        return words;
    }

    /** The words of a search; empty when it contains no word, in which case nothing is found. */
    public static List<String> sought(String search) {
        return of(search).stream().limit(MAX_SOUGHT).toList();
    }

    private static void add(Set<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static void append(StringBuilder word, int point) {
        switch (point) {
            case 'ø' -> word.append('o');
            case 'ł' -> word.append('l');
            case 'đ', 'ð' -> word.append('d');
            case 'ħ' -> word.append('h');
            case 'ŧ' -> word.append('t');
            case 'æ' -> word.append("ae");
            case 'œ' -> word.append("oe");
            case 'þ' -> word.append("th");
            default -> word.appendCodePoint(point);
        }
    }

    /** Symbols are parts of words: a name may consist of a single emoji. */
    private static boolean isSeparator(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isAccent(int point) {
        if (Character.getType(point) == Character.FORMAT) {
            return true;
        }
        if (Character.getType(point) != Character.NON_SPACING_MARK) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(point);
        return (script == Character.UnicodeScript.INHERITED && !isVoicing(point))
                || script == Character.UnicodeScript.ARABIC
                || script == Character.UnicodeScript.HEBREW
                || script == Character.UnicodeScript.CYRILLIC
                || script == Character.UnicodeScript.LATIN
                || script == Character.UnicodeScript.GREEK;
    }

    /** The marks that turn a Japanese syllable into another one. */
    private static boolean isVoicing(int point) {
        return point == 0x3099 || point == 0x309A;
    }
}
