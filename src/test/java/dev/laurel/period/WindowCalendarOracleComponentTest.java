package dev.laurel.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.testing.EmbeddedStores;
import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The service's windows against those of PostgreSQL's date arithmetic, at random instants and at every boundary. */
@QuarkusTest
class WindowCalendarOracleComponentTest {
    private static final Logger LOG = Logger.getLogger(WindowCalendarOracleComponentTest.class);
    private static final int RANDOM_INSTANTS = 10_000;
    private static final List<Period> PERIODS = List.of(Period.DAILY, Period.WEEKLY, Period.MONTHLY, Period.YEARLY);

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));

    @Test
    void windowsAreThoseOfPostgres() throws Exception {
        LOG.infof("random instants of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        long compared = 0;
        try (Connection connection = EmbeddedStores.current().connect()) {
            for (String zone : Zones.ALL) {
                List<Instant> instants = instants(ZoneId.of(zone));
                for (Period period : PERIODS) {
                    compared += compare(connection, zone, DayOfWeek.MONDAY, period, instants);
                }
                compared += compare(connection, zone, DayOfWeek.SUNDAY, Period.WEEKLY, instants);
                compared += compare(connection, zone, DayOfWeek.SATURDAY, Period.WEEKLY, instants);
            }
        }
        LOG.infof("%d windows compared, seed %d", compared, seed);
        assertThat(compared).isGreaterThan(6L * Zones.ALL.size() * RANDOM_INSTANTS);
    }

    private int compare(Connection connection, String zone, DayOfWeek weekStart, Period period, List<Instant> instants)
            throws Exception {
        WindowCalendar calendar = new WindowCalendar(ZoneId.of(zone), weekStart);
        List<Window> expected = new PostgresCalendar(connection, zone, weekStart).at(instants, period);
        assertThat(expected).hasSameSizeAs(instants);
        for (int i = 0; i < instants.size(); i++) {
            Window window = calendar.at(instants.get(i), period);
            if (!window.equals(expected.get(i))
                    || !calendar.parse("window", window.id(), period).equals(window)) {
                assertThat(window)
                        .as("window of %s in %s, weeks from %s, seed %d", instants.get(i), zone, weekStart, seed)
                        .isEqualTo(expected.get(i));
                assertThat(calendar.parse("window", window.id(), period)).isEqualTo(window);
            }
        }
        return instants.size();
    }

    /** Random instants; each change of the zone's clocks; midnights beside it and at every turn of a month or week. */
    private List<Instant> instants(ZoneId zone) {
        List<Instant> instants = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_INSTANTS; i++) {
            instants.add(Instant.ofEpochMilli(random.nextLong(Zones.FIRST.toEpochMilli(), Zones.LAST.toEpochMilli())));
        }
        for (Instant boundary : boundaries(zone)) {
            instants.add(boundary.minusMillis(1));
            instants.add(boundary);
            instants.add(boundary.plusMillis(1));
        }
        return instants;
    }

    private static Set<Instant> boundaries(ZoneId zone) {
        Set<Instant> boundaries = new TreeSet<>(Zones.changes(zone));
        for (Instant change : List.copyOf(boundaries)) {
            LocalDate day = LocalDate.ofInstant(change, zone);
            for (int days = -1; days <= 2; days++) {
                boundaries.add(day.plusDays(days).atStartOfDay(zone).toInstant());
            }
        }
        LocalDate last = LocalDate.ofInstant(Zones.LAST, zone);
        for (LocalDate day = LocalDate.of(1970, 1, 2); day.isBefore(last); day = day.plusDays(1)) {
            boolean beginsAWeek =
                    day.getDayOfWeek().getValue() == 1 || day.getDayOfWeek().getValue() > 5;
            if (day.getDayOfMonth() == 1 || beginsAWeek) {
                boundaries.add(day.atStartOfDay(zone).toInstant());
            }
        }
        return boundaries;
    }
}
