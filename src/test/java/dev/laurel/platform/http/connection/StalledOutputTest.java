package dev.laurel.platform.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StalledOutputTest {
    private static final long PATIENCE = 20;

    private final StalledOutput output = new StalledOutput(PATIENCE, 1);
    private final SlowReader connection = new SlowReader(output);

    /** Accepts as many bytes as the test allows. */
    private static final class SlowReader extends EmbeddedChannel {
        private final StalledOutput output;
        private long room;

        SlowReader(StalledOutput output) {
            this.output = output;
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer waiting) {
            if (room > 0) {
                waiting.removeBytes(room);
                room = 0;
            }
        }

        void read(long bytes) {
            room = bytes;
            flush();
        }

        void respond(int bytes) {
            output.wrote(bytes);
            writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
        }
    }

    @AfterEach
    void close() {
        connection.room = Long.MAX_VALUE;
        connection.close();
    }

    @Test
    void whatIsNotReadIsNoticed() {
        connection.respond(100);

        assertThat(output.isStalled(connection, 1)).isFalse();
        assertThat(output.isStalled(connection, 21)).isFalse();
        assertThat(output.isStalled(connection, 22)).isTrue();
    }

    @Test
    void aClientThatReadsSlowlyIsLeftAlone() {
        connection.respond(100);
        connection.respond(100);
        long now = 1;
        for (int i = 0; i < 199; i++) {
            assertThat(output.isStalled(connection, now)).as("byte %d", i).isFalse();
            connection.read(1);
            now += PATIENCE;
        }
        output.isStalled(connection, now);
        assertThat(output.isStalled(connection, now + PATIENCE + 1)).isTrue();
    }

    @Test
    void aClientThatReadsLessThanItHasToIsNoticed() {
        StalledOutput strict = new StalledOutput(PATIENCE, 100);
        SlowReader reader = new SlowReader(strict);
        try {
            reader.respond(10_000);
            long now = 1;
            for (int i = 0; i < 20; i++) {
                assertThat(strict.isStalled(reader, now)).as("moment %d", now).isFalse();
                reader.read(i < 10 ? 100 : 4);
                now++;
            }
            // The last hundred was read at the eleventh moment.
            assertThat(strict.isStalled(reader, 11 + PATIENCE)).isFalse();
            assertThat(strict.isStalled(reader, 12 + PATIENCE)).isTrue();
        } finally {
            reader.room = Long.MAX_VALUE;
            reader.close();
        }
    }

    @Test
    void moreToReadIsNoProgress() {
        connection.respond(100);
        output.isStalled(connection, 1);
        connection.respond(100);

        assertThat(output.isStalled(connection, 22)).isTrue();
    }

    @Test
    void aConnectionWithNothingToReadIsLeftAlone() {
        assertThat(output.isStalled(connection, 1)).isFalse();
        assertThat(output.isStalled(connection, 1_000)).isFalse();
        connection.respond(1);
        assertThat(output.isStalled(connection, 1_001)).isFalse();
        connection.read(1);
        assertThat(output.isStalled(connection, 2_000)).isFalse();
        connection.respond(1);
        assertThat(output.isStalled(connection, 2_001)).isFalse();
    }
}
