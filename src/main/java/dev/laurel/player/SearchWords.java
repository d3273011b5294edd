package dev.laurel.player;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a name as they are searched for: without case, accents and the ways in which Unicode writes the same letter.
 *
 * <p>A word is what stands between spaces and punctuation. Marks are taken off where they are accents, as in Latin, Greek and
 * Cyrillic, or where they are usually left out in writing, as in Arabic and Hebrew; the vowels of Indic scripts and the
 * voicing marks of Japanese stay. Letters of Latin that have a stroke of their own, which Unicode does not decompose, count as
 * those without.
 */
final class SearchWords {
    /** Code points of a word that are told apart: the index takes no longer ones. */
    private static final int LONGEST = 64;

    /** Words of a search at the most; the rest is left out. */
    private static final int MAX_SOUGHT = 10;

    private SearchWords() {}

    /** The words of a name, each once, in their order. */
    static Set<String> of(String name) {
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

    /** The words that a search asks for; none when there is no word in it, so that nothing can be found. */
    static List<String> sought(String search) {
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

    /** Symbols are parts of words: a name may be nothing but an emoji. */
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

    /** The marks that make a syllable of Japanese another one. */
    private static boolean isVoicing(int point) {
        return point == 0x3099 || point == 0x309A;
    }
}
