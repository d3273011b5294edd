package dev.laurel.imports.file.xlsx;

import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.content.Refusal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** The rules for one part of a workbook, held to by each element of it. */
final class PartRules {
    private static final int DEEPEST = 64;

    /** Different names of elements and attributes, which parsers keep for ever; real workbooks have some hundreds. */
    private static final int MAX_NAMES = 2_000;

    /** Spreadsheets have no more. */
    private static final int LAST_COLUMN = 16_384;

    private static final int LONGEST_NUMBER = 64;

    /** The library looks at each of them for each cell. */
    private static final int MAX_ARRAY_FORMULAS = 500;

    /** Characters copied to repeat shared formulas, which the library does although nobody reads them. */
    private static final long MAX_COPIED = 20_000_000_000L;

    /** Memory for a text besides its characters. */
    private static final int PER_TEXT = 64;

    private final FileLimits limits;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> sharedFormulas = new HashMap<>();
    private int depth;
    private int text;
    private boolean number;
    private String formula;
    private boolean defined;
    private int arrayFormulas;
    private long copied;
    private long sharedTexts;
    private long rows;

    PartRules(FileLimits limits) {
        this.limits = limits;
    }

    long rows() {
        return rows;
    }

    void see(int event, XMLStreamReader reader) {
        switch (event) {
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw Refusal.of("is not a workbook written by a spreadsheet program: it declares entities");
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader.getTextLength());
            default -> {
                // White space, comments
            }
        }
    }

    private void start(XMLStreamReader reader) {
        if (++depth > DEEPEST) {
            throw Refusal.of("is a damaged workbook: its elements are nested too deeply");
        }
        String element = reader.getLocalName();
        names.add(element);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            names.add(reader.getAttributeLocalName(i));
        }
        if (names.size() > MAX_NAMES) {
            throw Refusal.of("is a damaged workbook: it has too many kinds of elements");
        }
        switch (element) {
            case "row" -> rows++;
            case "c" -> cell(reader);
            case "si", "v" -> text = 0;
            case "f" -> formula(reader);
            default -> {
                // Parts of the above, and layout
            }
        }
    }

    private void cell(XMLStreamReader reader) {
        String address = reader.getAttributeValue(null, "r");
        if (address != null && column(address) > LAST_COLUMN) {
            throw Refusal.tooLarge("has", LAST_COLUMN, "columns");
        }
        String type = reader.getAttributeValue(null, "t");
        number = type == null || "n".equals(type);
        text = 0;
    }

    /** From 1; more than any real one if the address is longer than any. */
    private static int column(String address) {
        int column = 0;
        for (int i = 0; i < address.length() && Character.isLetter(address.charAt(i)); i++) {
            if (i == 3) {
                return Integer.MAX_VALUE;
            }
            column = 26 * column + Character.toUpperCase(address.charAt(i)) - 'A' + 1;
        }
        return column;
    }

    private void formula(XMLStreamReader reader) {
        text = 0;
        String type = reader.getAttributeValue(null, "t");
        defined = reader.getAttributeValue(null, "ref") != null;
        formula = "shared".equals(type) ? String.valueOf(reader.getAttributeValue(null, "si")) : null;
        if ("array".equals(type) && ++arrayFormulas > MAX_ARRAY_FORMULAS) {
            throw Refusal.of("has more than %s array formulas; save it with their values instead", MAX_ARRAY_FORMULAS);
        }
    }

    private void end(String element) {
        depth--;
        switch (element) {
            case "f" -> endFormula();
            case "v" -> endValue();
            case "si" -> endSharedText();
            default -> {
                // Nothing to add up
            }
        }
    }

    private void endFormula() {
        if (formula != null && defined) {
            sharedFormulas.put(formula, text);
        } else if (formula != null) {
            long length = sharedFormulas.getOrDefault(formula, 0);
            copied += length * length;
            if (copied > MAX_COPIED) {
                throw Refusal.of("has formulas that are too long; save it with their values instead");
            }
        }
        formula = null;
        text = 0;
    }

    private void endValue() {
        if (number && text > LONGEST_NUMBER) {
            throw Refusal.tooLarge("has a number of", LONGEST_NUMBER, "digits");
        }
    }

    private void endSharedText() {
        sharedTexts += PER_TEXT + 2L * text;
        if (sharedTexts > limits.sharedStrings()) {
            throw Refusal.tooLarge("has texts that need", limits.sharedStrings(), "bytes of memory");
        }
    }

    private void text(int length) {
        text += length;
        if (text > limits.cellLength() && depth > 1) {
            throw Refusal.tooLarge("has a cell with", limits.cellLength(), "characters");
        }
    }
}
