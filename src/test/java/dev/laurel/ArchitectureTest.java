package dev.laurel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.laurel.shared.Tenant;
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
            Map.entry("database", Set.of("shared", "platform")),
            Map.entry("limit", Set.of("shared", "platform", "access")),
            Map.entry("backup", Set.of("shared", "platform")),
            Map.entry("auditlog", Set.of("shared", "platform")),
            Map.entry("warming", Set.of("shared", "platform")),
            Map.entry("access", Set.of("shared", "platform", "cache")),
            Map.entry("board", Set.of("shared", "platform", "cache", "access")),
            Map.entry("player", Set.of("shared", "platform", "cache", "access", "warming")),
            Map.entry("group", Set.of("shared", "platform", "cache", "player")),
            Map.entry("segment", Set.of("shared", "platform", "cache", "player", "group")),
            Map.entry("period", Set.of("shared", "board")),
            Map.entry("standings", Set.of("shared", "platform", "board", "period")),
            Map.entry("feed", Set.of("shared", "platform")),
            Map.entry("score", Set.of("shared", "platform", "access", "board", "period", "standings")),
            Map.entry(
                    "ranking",
                    Set.of(
                            "shared",
                            "platform",
                            "board",
                            "period",
                            "standings",
                            "cache",
                            "player",
                            "group",
                            "segment",
                            "warming")),
            Map.entry("archive", Set.of("shared", "platform", "board", "period", "standings")),
            Map.entry("correction", Set.of("shared", "platform", "board", "standings", "score")),
            Map.entry(
                    "analytics",
                    Set.of(
                            "shared",
                            "platform",
                            "cache",
                            "board",
                            "player",
                            "segment",
                            "standings",
                            "feed",
                            "ranking",
                            "archive",
                            "warming")),
            Map.entry(
                    "challenge",
                    Set.of("shared", "platform", "cache", "board", "player", "standings", "score", "correction")),
            Map.entry("league", Set.of("shared", "platform", "board", "standings", "feed", "ranking")),
            Map.entry("tier", Set.of("shared", "platform", "cache", "board", "standings", "ranking")),
            Map.entry("export", Set.of("shared", "platform", "board")),
            Map.entry(
                    "imports",
                    Set.of(
                            "shared",
                            "platform",
                            "access",
                            "board",
                            "player",
                            "standings",
                            "score",
                            "correction",
                            "tier")),
            Map.entry("achievement", Set.of("shared", "platform", "cache", "board", "player", "feed", "analytics")),
            Map.entry("demo", Set.of("shared", "platform", "board", "score")),
            Map.entry(
                    "admin",
                    Set.of(
                            "shared",
                            "platform",
                            "cache",
                            "board",
                            "player",
                            "period",
                            "standings",
                            "feed",
                            "score",
                            "ranking",
                            "archive",
                            "correction",
                            "database",
                            "backup",
                            "warming")),
            Map.entry(
                    "web",
                    Set.of(
                            "shared",
                            "platform",
                            "cache",
                            "access",
                            "limit",
                            "board",
                            "player",
                            "group",
                            "period",
                            "standings",
                            "feed",
                            "score",
                            "ranking",
                            "archive",
                            "correction",
                            "challenge",
                            "achievement",
                            "analytics",
                            "league",
                            "tier",
                            "export",
                            "imports",
                            "database",
                            "backup",
                            "warming",
                            "auditlog",
                            "admin")),
            // A client, which knows the service by its interface alone.
            Map.entry("cli", Set.of()),
            // The main class provides the stores before the framework runs, or runs a command without either.
            Map.entry("", Set.of("shared", "platform", "access", "auditlog", "cli")));

    /**
     * The inner rooms of the ranked store, lowest first, and what each may use of those before it. A new arrow, and a new
     * room, is a change of this table.
     */
    private static final List<InnerRoom> STANDINGS = List.of(
            new InnerRoom("window"),
            new InnerRoom("rank", "window"),
            new InnerRoom("redis", "window", "rank"),
            new InnerRoom("postgres", "window", "rank"),
            new InnerRoom("load", "window", "rank", "redis", "postgres"),
            new InnerRoom("unranked", "window", "load"),
            new InnerRoom("freeze", "window"),
            new InnerRoom("write", "window", "rank", "redis", "load", "freeze"),
            new InnerRoom("baseline", "window", "load", "freeze"),
            new InnerRoom("read", "window", "rank", "redis", "postgres", "load", "freeze"),
            new InnerRoom("audit", "window", "rank", "redis", "load"),
            new InnerRoom("admin", "window", "rank", "redis", "load", "audit"));

    /** What the other rooms may use of the ranked store. */
    private static final Map<String, Set<String>> DOOR_OF_STANDINGS = Map.of(
            "window",
            Set.of(
                    "ChangeStamps",
                    "Generations",
                    "Outdated",
                    "Segment",
                    "RankingRef",
                    "WindowRef",
                    "UnusedWindows",
                    "WindowRegistry",
                    "WindowRows",
                    "WindowState"),
            "rank",
            Set.of(
                    "FollowedSource",
                    "ScoreRangeSlice",
                    "OrderKey",
                    "Place",
                    "Placed",
                    "Ranked",
                    "RankingSource",
                    "PlayerRows",
                    "Ranks",
                    "ScorePlace",
                    "SegmentRanking",
                    "Selection",
                    "SortRange",
                    "Source",
                    "SqlSource",
                    "Standing",
                    "RankingSlice"),
            "load",
            Set.of("PeriodFills", "RepairFigures"),
            "freeze",
            Set.of("FreezeSnapshot", "FreezeSnapshots"),
            "write",
            Set.of(
                    "DisqualificationStore",
                    "BatchRefused",
                    "BulkWriter",
                    "CorrectionNumbers",
                    "EventAnswers",
                    "RankVisibility",
                    "Recounts",
                    "ScoreWrite",
                    "StandingsWriter",
                    "WriteResult"),
            "unranked",
            Set.of("UnrankedPlayers"),
            "baseline",
            Set.of("Baseline", "BaselineChange", "BaselineOrder", "Baselines", "ImportedBaselines"),
            "read",
            Set.of(
                    "Holdings",
                    "HoldingsReader",
                    "KnownPlayers",
                    "MetricQuestion",
                    "ReadCounts",
                    "SqlQuestion",
                    "StandingsReader"),
            "audit",
            Set.of("Audit", "AuditReport", "AuditSummary", "WindowAudit"),
            "admin",
            Set.of("StandingsAdmin", "StandingsStatus"));

    private static final int MAX_CLASSES = 20;

    /** Packages that are still to be cut, and how many classes lie in them: the numbers only fall. */
    private static final Map<String, Integer> TO_BE_CUT = Map.of();

    private static final int MAX_PARAMETERS = 7;

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
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void innerRoomsUseOnlyWhatTheTableAllows() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        STANDINGS.forEach(room -> arrows.put(room.name(), room.mayUse()));
        Set<String> refused = new TreeSet<>();
        for (Dependency dependency : within("standings")) {
            String user = innerRoom(dependency.getOriginClass());
            String used = innerRoom(dependency.getTargetClass());
            if (!user.equals(used) && !arrows.getOrDefault(user, Set.of()).contains(used)) {
                refused.add(user + " -> " + used + ": " + dependency.getDescription());
            }
        }
        assertThat(refused)
                .as("arrows between inner rooms that the table does not have")
                .isEmpty();
    }

    @Test
    void innerRoomsUseOnlyLowerOnes() {
        List<String> lower = new ArrayList<>();
        for (InnerRoom room : STANDINGS) {
            assertThat(lower).as("rooms below %s", room.name()).containsAll(room.mayUse());
            lower.add(room.name());
        }
    }

    @Test
    void everyInnerRoomIsInTheTable() {
        Set<String> rooms = new TreeSet<>();
        CODE.stream()
                .filter(one -> room(one).equals("standings"))
                .filter(one -> !isPackageInfo(one))
                .forEach(one -> rooms.add(innerRoom(one)));
        assertThat(STANDINGS.stream().map(InnerRoom::name)).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void othersUseOnlyTheDoorOfStandings() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass user : CODE) {
            if (!room(user).equals("standings")) {
                user.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .filter(one -> one.getPackageName().startsWith(ROOT + ".standings"))
                        .forEach(one -> used.computeIfAbsent(innerRoom(one), name -> new TreeSet<>())
                                .add(outermost(one).getSimpleName()));
            }
        }
        assertThat(used).isEqualTo(new TreeMap<>(DOOR_OF_STANDINGS));
    }

    @Test
    void packagesAreSmall() {
        Map<String, Integer> sizes = new TreeMap<>();
        for (JavaClass one : CODE) {
            if (one.isTopLevelClass() && !isPackageInfo(one)) {
                sizes.merge(one.getPackageName().replaceFirst(ROOT + "\\.?", ""), 1, Integer::sum);
            }
        }
        sizes.values().removeIf(size -> size <= MAX_CLASSES);
        assertThat(sizes).as("packages of more than %d classes", MAX_CLASSES).isEqualTo(TO_BE_CUT);
    }

    @Test
    void constructorsTakeFewParameters() {
        constructors()
                .that()
                .areDeclaredInClassesThat(DescribedPredicate.describe("do something", one -> !one.isRecord()))
                .should(new ArchCondition<JavaConstructor>("take at most " + MAX_PARAMETERS + " parameters") {
                    @Override
                    public void check(JavaConstructor constructor, ConditionEvents events) {
                        int count = constructor.getRawParameterTypes().size();
                        if (count > MAX_PARAMETERS) {
                            events.add(SimpleConditionEvent.violated(
                                    constructor, constructor.getDescription() + " takes " + count));
                        }
                    }
                })
                .check(CODE);
    }

    @Test
    void onlyStandingsSpeaksToSortedSets() {
        noClasses()
                .that()
                // The shared level of caches and the limits have keys of their own, none of which is a ranking.
                .resideOutsideOfPackages(
                        ROOT + ".standings..", ROOT + ".platform.redis..", ROOT + ".cache.shared..", ROOT + ".limit")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".platform.redis.RedisScript")
                .check(CODE);
    }

    /** Elsewhere a name is complete: it brings its tenant with it. */
    @Test
    void theTenantOfARequestIsAskedForWhereItsNamesAreRead() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".web..", ROOT + ".access..", ROOT + ".platform..")
                .and()
                .haveSimpleNameNotEndingWith("Key")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".board.BoardName")
                // Lists whose only name is the tenant.
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".board.Boards")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".imports.Imports")
                // Acts as a request would.
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".demo.Demo")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".platform.tenant.CurrentTenant")
                .check(CODE);
    }

    /** An answer that takes the default tenant for its caller's would show its things to all others. */
    @Test
    void theDefaultTenantIsMeantNowhereByAccident() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".access..")
                .and()
                // The first key is made before there is another tenant.
                .doNotHaveFullyQualifiedName(ROOT + ".FirstKey")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".shared.Tenant")
                // The board that exists from the first start, and those of the demonstration.
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".board.DefaultBoard")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".demo.Demo")
                // Its name in the interface.
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".cache.registry.KeyAddress")
                // Loads classes by reading a player whom there is not.
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".player.HibernateWarmUp")
                .should()
                .accessField(Tenant.class, "DEFAULT")
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

    /** The second level of packages; empty for the first level itself. */
    private static String innerRoom(JavaClass one) {
        String[] names = one.getPackageName().split("\\.");
        return names.length > 3 ? names[3] : "";
    }

    private static boolean isPackageInfo(JavaClass one) {
        return one.getSimpleName().equals("package-info");
    }

    private static JavaClass outermost(JavaClass one) {
        return one.getEnclosingClass().map(ArchitectureTest::outermost).orElse(one);
    }

    private static List<Dependency> within(String room) {
        return CODE.stream()
                .filter(one -> room(one).equals(room))
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .filter(one -> one.getTargetClass().getPackageName().startsWith(ROOT + "." + room))
                .toList();
    }

    /** One of the rooms within a room, and which of the others it may use. */
    private record InnerRoom(String name, Set<String> mayUse) {
        InnerRoom(String name, String... mayUse) {
            this(name, Set.of(mayUse));
        }
    }
}
