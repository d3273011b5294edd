package dev.laurel.platform.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipelinedRequestsTest {
    private static final long SECOND = 1_000_000_000;

    private final Reader connection = new Reader();

    /** A client that reads when the test says so. */
    private static final class Reader extends EmbeddedChannel {
        private boolean reads = true;

        Reader() {
            super(new PipelinedRequests(
                    new StrictRequestDecoder(new HttpServerOptions()),
                    new RequestTimes(new Patience(SECOND, SECOND, SECOND, SECOND, SECOND), System::nanoTime)));
            config().setWriteBufferWaterMark(new WriteBufferWaterMark(50, 100));
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer waiting) throws Exception {
            if (reads) {
                super.doWrite(waiting);
            }
        }

        void request() {
            writeInbound(
                    new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"),
                    LastHttpContent.EMPTY_LAST_CONTENT);
        }

        int passed() {
            int requests = 0;
            for (Object message = readInbound(); message != null; message = readInbound()) {
                requests += message instanceof DefaultHttpRequest ? 1 : 0;
            }
            return requests;
        }

        void respond() {
            writeAndFlush(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
            writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[200])));
            writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            runPendingTasks();
        }
    }

    @AfterEach
    void close() {
        connection.reads = true;
        connection.finishAndReleaseAll();
    }

    @Test
    void aRequestWaitsForTheResponseBeforeIt() {
        for (int i = 0; i < 3; i++) {
            connection.request();
        }

        assertThat(connection.passed()).isEqualTo(1);
        connection.respond();
        assertThat(connection.passed()).isEqualTo(1);
        connection.respond();
        assertThat(connection.passed()).isEqualTo(1);
        connection.respond();
        connection.request();
        assertThat(connection.passed()).isEqualTo(1);
    }

    @Test
    @DisplayName("trap 37: responses do not pile up for a client that asks and does not read")
    void aClientThatDoesNotReadIsNotAsked() {
        connection.reads = false;
        connection.request();
        connection.request();
        assertThat(connection.passed()).isEqualTo(1);
        connection.respond();
        assertThat(connection.passed()).isZero();

        connection.reads = true;
        connection.flush();
        connection.runPendingTasks();

        assertThat(connection.passed()).isEqualTo(1);
    }

    @Test
    void anInterimResponseIsNone() {
        connection.request();
        connection.request();
        connection.passed();

        connection.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        connection.runPendingTasks();

        assertThat(connection.passed()).isZero();
    }

    @Test
    void whoAsksForTooMuchAtOnceIsCutOff() {
        for (int i = 0; i < 130 && connection.isOpen(); i++) {
            connection.request();
        }

        assertThat(connection.isOpen()).isFalse();
    }
}
