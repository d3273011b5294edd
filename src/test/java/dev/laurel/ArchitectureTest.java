package dev.laurel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rooms of the service, and which of them may use which. */
class ArchitectureTest {
    private static final String ROOT = "dev.laurel";
    private static final int MAX_LINES = 250;
    private static final java.nio.file.Path SOURCES = java.nio.file.Path.of("src/main/java");
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A new arrow, and a new room, is a change of this table. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("shared", Set.of()),
            Map.entry("platform", Set.of("shared")),
            Map.entry("cache", Set.of("shared", "platform")),
            Map.entry("board", Set.of("shared", "platform", "cache")),
            Map.entry("period", Set.of("shared", "board")),
            Map.entry("standings", Set.of("shared", "platform", "board", "period")),
            Map.entry("feed", Set.of("shared", "platform")),
            Map.entry("score", Set.of("shared", "platform", "board", "period", "standings")),
            Map.entry("ranking", Set.of("shared", "platform", "board", "period", "standings", "cache")),
            Map.entry("archive", Set.of("shared", "platform", "board", "period", "standings")),
            Map.entry("correction", Set.of("shared", "platform", "board", "standings", "score")),
            Map.entry("analytics", Set.of("shared", "platform", "board", "standings", "feed")),
            Map.entry("demo", Set.of("shared", "platform", "board", "score")),
            Map.entry(
                    "admin",
                    Set.of(
                            "shared",
                            "platform",
                            "cache",
                            "board",
                            "period",
                            "standings",
                            "feed",
                            "score",
                            "ranking",
                            "archive",
                            "correction")),
            Map.entry(
                    "web",
                    Set.of(
                            "shared",
                            "platform",
                            "cache",
                            "board",
                            "period",
                            "standings",
                            "feed",
                            "score",
                            "ranking",
                            "archive",
                            "correction",
                            "analytics",
                            "admin")),
            // The main class provides the stores before the framework runs.
            Map.entry("", Set.of("platform")));

    @Test
    void everyRoomUsesOnlyWhatTheTableAllows() {
        Map<String, Set<String>> refused = new TreeMap<>();
        for (JavaClass user : CODE) {
            Set<String> allowed = MAY_USE.getOrDefault(room(user), Set.of());
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass();
                if (used.getPackageName().startsWith(ROOT)
                        && !room(used).equals(room(user))
                        && !allowed.contains(room(used))) {
                    refused.computeIfAbsent(room(user) + " -> " + room(used), arrow -> new TreeSet<>())
                            .add(dependency.getDescription());
                }
            }
        }
        assertThat(refused)
                .as("arrows between rooms that the table does not have")
                .isEmpty();
    }

    @Test
    void everyRoomIsInTheTable() {
        Set<String> rooms = new TreeSet<>();
        CODE.forEach(one -> rooms.add(room(one)));
        assertThat(MAY_USE.keySet()).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void onlyStandingsSpeaksToSortedSets() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".standings..", ROOT + ".platform.redis..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".platform.redis.RedisScript")
                .check(CODE);
    }

    @Test
    void transactionsAreNotAskedForByAnnotations() {
        // They bind a transaction to a thread, and a pipeline changes threads.
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.transaction..")
                .because("transactions are opened where they are needed, by Sql")
                .check(CODE);
    }

    @Test
    void fieldsOfBeansArePrivate() {
        // Anything else is read through a client proxy, and then it is null.
        fields().that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(ApplicationScoped.class)
                .or()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Singleton.class)
                .or()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .should()
                .haveModifier(JavaModifier.PRIVATE)
                .orShould()
                .haveModifier(JavaModifier.STATIC)
                .check(CODE);
    }

    @Test
    void sourcesAreShort() throws IOException {
        Map<String, Long> tooLong = new TreeMap<>();
        for (java.nio.file.Path source : sources()) {
            try (Stream<String> lines = Files.lines(source)) {
                long count = lines.count();
                if (count >= MAX_LINES) {
                    tooLong.put(SOURCES.relativize(source).toString(), count);
                }
            }
        }
        assertThat(tooLong).as("sources of %d lines and more", MAX_LINES).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Set<java.nio.file.Path> packages = new TreeSet<>();
        sources().forEach(source -> packages.add(source.getParent()));

        assertThat(packages).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .exists()
                .content()
                .startsWith("/**"));
    }

    private static List<java.nio.file.Path> sources() throws IOException {
        List<java.nio.file.Path> sources = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        return sources;
    }

    /** The first level of packages; empty for the root itself. */
    private static String room(JavaClass one) {
        String[] names = one.getPackageName().split("\\.");
        return names.length > 2 ? names[2] : "";
    }
}
