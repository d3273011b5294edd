package dev.laurel.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The catalog of indexes against the schema that the migrations make. */
@QuarkusTest
class IndexCatalogComponentTest {
    private static final String OWN = """
            SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
              AND c.relname NOT LIKE 'flyway%'
              AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid)""";

    @Inject
    IndexCatalog catalog;

    @Test
    void theCatalogHasTheIndexesOfTheSchema() {
        assertThat(catalog.all().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        StoredRows.column(OWN).stream().map(Object::toString).toList());
        assertThat(catalog.all().values())
                .allSatisfy(spec -> assertThat(spec.serves()).isNotBlank());
    }

    /** What would be created in place of a missing index is that index. */
    @Test
    void theCatalogDefinesThemAsTheMigrationsDo() {
        for (IndexSpec spec : catalog.all().values()) {
            List<Object> real = StoredRows.column("SELECT pg_get_indexdef('" + spec.name() + "'::regclass)");
            try (OtherTransaction other = OtherTransaction.begun()) {
                other.run("DROP INDEX " + spec.name());
                other.run(spec.createConcurrently().replace("CONCURRENTLY ", ""));
                other.run("""
                        DO $$ BEGIN
                            IF pg_get_indexdef('%s'::regclass) <> '%s' THEN
                                RAISE EXCEPTION 'is %%', pg_get_indexdef('%s'::regclass);
                            END IF;
                        END $$""".formatted(spec.name(), real.get(0).toString().replace("'", "''"), spec.name()));
            }
        }
    }
}
