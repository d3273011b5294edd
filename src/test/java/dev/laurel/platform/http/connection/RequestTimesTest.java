package dev.laurel.platform.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.http.connection.ConnectionFigures.Dropped;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestTimesTest {
    private static final long HEAD = 10;
    private static final long BODY = 25;
    private static final long IDLE = 75;
    private static final long ANSWER = 180;

    private long now = 1_000;
    private final RequestTimes times = new RequestTimes(new Patience(HEAD, BODY, 20, IDLE, ANSWER), () -> now);

    @BeforeEach
    void connect() {
        times.connected();
    }

    private Dropped after(long time) {
        now += time;
        return times.late(true);
    }

    private void request() {
        times.bytesArrived();
        times.headEnded();
        times.bodyEnded();
    }

    private void respond() {
        times.responseBegun();
        times.responseEnded();
    }

    @Test
    void aConnectionIsForRequests() {
        assertThat(after(HEAD)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.HEAD);
    }

    @Test
    void aHeadHasItsTimeFromItsFirstByte() {
        now += HEAD;
        times.bytesArrived();
        assertThat(after(HEAD)).isNull();
        times.bytesArrived();
        assertThat(after(1)).isEqualTo(Dropped.HEAD);
    }

    @Test
    void aHeadThatBeganWithTheEndOfARequestIsTimed() {
        request();
        times.bytesDecoded(true);
        respond();

        assertThat(after(HEAD)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.HEAD);
    }

    @Test
    void aBodyHasItsTimeAndMoreForWhatHasArrived() {
        times.bytesArrived();
        times.headEnded();
        assertThat(after(BODY)).isNull();
        times.bodyArrived(1);
        assertThat(after(100_000)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.BODY);
    }

    @Test
    void muchOfABodyThatHasArrivedIsNoCredit() {
        times.bytesArrived();
        times.headEnded();
        times.bodyArrived(8 << 20);
        assertThat(after(HEAD)).isNull();
        times.bodyArrived(9_999);
        assertThat(after(1)).isEqualTo(Dropped.BODY);
        times.bodyArrived(1);
        assertThat(after(HEAD)).isNull();
        now += 10 * HEAD;
        assertThat(times.late(false)).isNull();
        assertThat(after(HEAD)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.BODY);
    }

    @Test
    void bytesThatBeginNoRequestAreNoHead() {
        request();
        times.bytesArrived();
        times.bytesDecoded(false);

        assertThat(after(2 * HEAD)).isNull();
        respond();
        assertThat(after(IDLE)).isNull();
    }

    @Test
    void aHandshakeIsNoRequest() {
        now += HEAD;
        times.bytesArrived();
        times.bytesDecoded(false);

        assertThat(after(0)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.HEAD);
    }

    @Test
    void whileTheServiceDoesNotReadNobodyIsLate() {
        times.bytesArrived();
        times.headEnded();
        now += 10 * BODY;
        assertThat(times.late(false)).isNull();
        assertThat(after(BODY)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.BODY);
    }

    @Test
    void anIdleConnectionIsClosed() {
        request();
        now += ANSWER;
        respond();

        assertThat(after(IDLE)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.IDLE);
    }

    @Test
    void aRequestIsAnsweredInTime() {
        request();
        assertThat(after(ANSWER)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.ANSWER);
    }

    @Test
    void aResponseThatHasBegunMayTakeAnyTime() {
        request();
        times.responseBegun();
        assertThat(after(100 * ANSWER)).isNull();
        times.responseEnded();
        assertThat(after(IDLE)).isNull();
    }

    @Test
    void aHeldRequestIsNoLateHead() {
        request();
        times.bytesArrived();
        times.headHeld();
        times.bytesDecoded(false);
        assertThat(after(ANSWER)).isNull();
        respond();
        times.headEnded();
        times.bodyEnded();
        assertThat(after(ANSWER)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.ANSWER);
    }

    @Test
    void theRestOfABodyAfterItsResponseIsBounded() {
        times.bytesArrived();
        times.headEnded();
        respond();
        assertThat(times.isReceiving()).isTrue();
        assertThat(times.bodyArrived(1 << 20)).isTrue();
        assertThat(after(HEAD)).isNull();
        assertThat(after(1)).isEqualTo(Dropped.REST);
        assertThat(times.bodyArrived(1)).isFalse();
        times.bodyEnded();
        assertThat(times.isReceiving()).isFalse();
        assertThat(times.late(true)).isNull();
    }
}
