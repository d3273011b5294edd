package dev.laurel.shipping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The instructions of a Dockerfile, in order, each on one line. */
record Dockerfile(List<Instruction> instructions) {

    static Dockerfile read(Path file) {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        for (String line : YamlFile.text(file).lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            boolean goesOn = line.endsWith("\\");
            whole.append(goesOn ? line.substring(0, line.length() - 1) : line);
            if (!goesOn) {
                String[] parts = whole.toString().split("\\s+", 2);
                instructions.add(new Instruction(parts[0].toUpperCase(Locale.ROOT), parts[1].strip()));
                whole.setLength(0);
            }
        }
        return new Dockerfile(List.copyOf(instructions));
    }

    /** The last stage: what becomes the image. */
    Dockerfile image() {
        int last = 0;
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i).is("FROM")) {
                last = i;
            }
        }
        return new Dockerfile(instructions.subList(last, instructions.size()));
    }

    List<Instruction> all(String name) {
        return instructions.stream().filter(one -> one.is(name)).toList();
    }

    Instruction only(String name) {
        List<Instruction> found = all(name);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " times " + name);
        }
        return found.get(0);
    }

    /** The images and stages that stages are made from. */
    List<String> bases() {
        return all("FROM").stream().map(from -> from.words().get(0)).toList();
    }

    /** The names that stages have. */
    List<String> stages() {
        return all("FROM").stream()
                .map(Instruction::words)
                .filter(words -> words.size() == 3)
                .map(words -> words.get(2))
                .toList();
    }

    /** One instruction, such as {@code COPY} with its arguments. */
    record Instruction(String name, String arguments) {
        boolean is(String other) {
            return name.equals(other);
        }

        /** The arguments without options. */
        List<String> words() {
            return Stream.of(arguments.split("\\s+"))
                    .filter(word -> !word.startsWith("--"))
                    .toList();
        }

        /** What a copy takes; all but the last word. */
        List<String> sources() {
            return words().subList(0, words().size() - 1);
        }

        /** The value of an option such as {@code from}, empty without it. */
        List<String> option(String option) {
            return Stream.of(arguments.split("\\s+"))
                    .filter(word -> word.startsWith("--" + option + "="))
                    .map(word -> word.substring(option.length() + 3))
                    .toList();
        }
    }
}
