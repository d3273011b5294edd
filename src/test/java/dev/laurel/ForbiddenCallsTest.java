package dev.laurel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Calls that the service does not make: to other clocks than the injected one, and to anything that waits. */
class ForbiddenCallsTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.laurel");

    /** Methods that hold their thread until something has happened elsewhere, by the class they belong to. */
    private static final Map<String, Set<String>> WAITING = Map.ofEntries(
            Map.entry("io.smallrye.mutiny.Uni", Set.of("await")),
            Map.entry("io.smallrye.mutiny.groups.UniAwait", Set.of("indefinitely", "atMost", "asOptional")),
            Map.entry("io.smallrye.mutiny.groups.MultiSubscribe", Set.of("asIterable", "asStream")),
            Map.entry("io.quarkus.vertx.VertxContextSupport", Set.of("subscribeAndAwait")),
            Map.entry("dev.laurel.platform.lifecycle.MainThread", Set.of("await")),
            Map.entry("io.vertx.core.Future", Set.of("await")),
            Map.entry("java.util.concurrent.Future", Set.of("get", "resultNow")),
            Map.entry("java.util.concurrent.CompletableFuture", Set.of("get", "join")),
            Map.entry("java.util.concurrent.CountDownLatch", Set.of("await")),
            Map.entry("java.util.concurrent.Semaphore", Set.of("acquire")),
            Map.entry("java.util.concurrent.BlockingQueue", Set.of("take", "put")),
            Map.entry("java.util.concurrent.ExecutorService", Set.of("invokeAll", "invokeAny", "awaitTermination")),
            Map.entry("java.lang.Thread", Set.of("sleep", "join")),
            Map.entry("java.lang.Process", Set.of("waitFor")),
            Map.entry("java.lang.Object", Set.of("wait")));

    @Test
    void timeComesFromTheInjectedClock() {
        // System.nanoTime is free to all: it measures durations and tells no time.
        noOtherClock()
                .should()
                .callMethodWhere(target("asks the time of day", ForbiddenCallsTest::tellsTheTime))
                .orShould()
                .callConstructor(java.util.Date.class)
                .check(CODE);
    }

    @Test
    void nothingWaits() {
        noClasses()
                .that()
                // They run before the framework or instead of it, on the main thread and on threads of their own.
                .resideOutsideOfPackages("dev.laurel.platform.embedded..", "dev.laurel.cli..")
                .and(are("dev.laurel.platform.async.Contexts", "joins only a future that is done"))
                .and(are(
                        "dev.laurel.platform.lifecycle.MainThread",
                        "waits on the thread that starts and stops the program"))
                .and(are("dev.laurel.FirstKey", "is the whole run, on that thread"))
                .should()
                .callMethodWhere(target("holds its thread", ForbiddenCallsTest::waits)
                        .and(describe("while requests are served", access -> !startsOrStops(access))))
                .check(CODE);
    }

    @Test
    void theRulesSeeWhatTheyForbid() {
        JavaClasses offenders = new ClassFileImporter().importClasses(Offender.class);

        assertThat(noClasses()
                        .should()
                        .callMethodWhere(target("asks the time of day", ForbiddenCallsTest::tellsTheTime))
                        .evaluate(offenders)
                        .getFailureReport()
                        .getDetails())
                .hasSize(3);
        assertThat(noClasses()
                        .should()
                        .callMethodWhere(target("holds its thread", ForbiddenCallsTest::waits))
                        .evaluate(offenders)
                        .getFailureReport()
                        .getDetails())
                .hasSize(5);
    }

    private static com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction noOtherClock() {
        return noClasses().that(are("dev.laurel.platform.lifecycle.ClockProducer", "produces the clock"));
    }

    /** All classes but one, which has a reason. */
    private static DescribedPredicate<JavaClass> are(String excepted, String reason) {
        return describe("are not " + excepted + ", which " + reason, one -> !one.getName()
                .equals(excepted));
    }

    private static DescribedPredicate<JavaAccess<?>> target(
            String description, java.util.function.Predicate<AccessTarget> predicate) {
        return describe(description, access -> predicate.test(access.getTarget()));
    }

    /** An observer of the start or the stop has the main thread, and is to hold it until it is done. */
    private static boolean startsOrStops(JavaAccess<?> access) {
        return access.getOwner().getRawParameterTypes().stream()
                .anyMatch(type -> type.isEquivalentTo(StartupEvent.class) || type.isEquivalentTo(ShutdownEvent.class));
    }

    private static boolean tellsTheTime(AccessTarget target) {
        String owner = target.getOwner().getName();
        return owner.startsWith("java.time.")
                        && Set.of("now", "systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds")
                                .contains(target.getName())
                || owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis");
    }

    private static boolean waits(AccessTarget target) {
        return WAITING.entrySet().stream()
                .anyMatch(entry -> entry.getValue().contains(target.getName())
                        && target.getOwner().isAssignableTo(entry.getKey())
                        // Every class is an Object, and what each calls wait is not that one.
                        && (!entry.getKey().equals("java.lang.Object")
                                || target.getOwner().getName().equals(entry.getKey())));
    }

    /** What must not be written. */
    static final class Offender {
        private Offender() {}

        static long time() {
            return System.currentTimeMillis()
                    + Instant.now().toEpochMilli()
                    + Clock.systemUTC().millis();
        }

        static void waiting(Uni<String> uni, CompletableFuture<String> future) throws Throwable {
            uni.await().indefinitely();
            future.join();
            future.get();
            VertxContextSupport.subscribeAndAwait(() -> uni);
        }
    }
}
