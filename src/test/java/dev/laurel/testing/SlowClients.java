package dev.laurel.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Clients that hold connections with as little as they can: they send headers or bodies a few bytes at a time, or read a few bytes
 * of long responses. One thread serves them all, each once in a second. They come one after the other, a hundred in a second, and who
 * is disconnected connects again.
 */
public final class SlowClients implements AutoCloseable {
    private static final int SLICES = 20;
    private static final int NEW_A_SLICE = 5;
    private static final int SLICE_MS = 50;
    private static final int READ_BYTES = 10;
    private static final int PIPELINED = 30;

    private final InetSocketAddress service;
    private final String longPath;
    private final List<Client> clients = new ArrayList<>();
    private final Map<Kind, Long> longestMillis = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> ended = new EnumMap<>(Kind.class);
    private volatile boolean stopped;
    /** How many have connected for the first time. */
    private int come;

    /** What a client is slow at. */
    public enum Kind {
        HEAD,
        BODY,
        READ
    }

    /**
     * Starts them.
     *
     * @param longPath of a response that is longer than what the buffers of a connection hold, at least when it is asked for some
     *     times
     */
    public SlowClients(URI service, String longPath, int number, Kind... kinds) {
        this.service = new InetSocketAddress(service.getHost(), service.getPort());
        this.longPath = longPath;
        for (int i = 0; i < number; i++) {
            clients.add(new Client(kinds[i % kinds.length]));
        }
        Thread thread = new Thread(this::run, "slow-clients");
        thread.setDaemon(true);
        thread.start();
    }

    /** The longest time that one of a kind was connected, in milliseconds, those included that still are. */
    public synchronized long longestMillis(Kind kind) {
        long longest = longestMillis.getOrDefault(kind, 0L);
        for (Client client : clients) {
            if (client.kind == kind && client.socket != null) {
                longest = Math.max(longest, client.ageMillis());
            }
        }
        return longest;
    }

    /** How many times one of a kind was disconnected. */
    public synchronized int ended(Kind kind) {
        return ended.getOrDefault(kind, 0);
    }

    public synchronized int connected() {
        return (int) clients.stream().filter(client -> client.socket != null).count();
    }

    private void run() {
        for (int slice = 0; !stopped; slice = (slice + 1) % SLICES) {
            come = Math.min(clients.size(), come + NEW_A_SLICE);
            for (int i = slice; i < come && !stopped; i += SLICES) {
                serve(clients.get(i));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(SLICE_MS * 1_000_000L);
        }
    }

    private synchronized void serve(Client client) {
        if (stopped) {
            return;
        }
        try {
            if (client.socket == null) {
                client.connect();
            } else if (!client.proceed()) {
                end(client);
            }
        } catch (IOException gone) {
            end(client);
        }
    }

    private void end(Client client) {
        if (client.socket != null) {
            longestMillis.merge(client.kind, client.ageMillis(), Math::max);
            ended.merge(client.kind, 1, Integer::sum);
            client.close();
        }
    }

    @Override
    public synchronized void close() {
        stopped = true;
        clients.forEach(Client::close);
    }

    private final class Client {
        private final Kind kind;
        private final ByteBuffer read = ByteBuffer.allocate(READ_BYTES);
        private SocketChannel socket;
        private long connectedAt;
        private boolean begun;

        Client(Kind kind) {
            this.kind = kind;
        }

        void connect() throws IOException {
            socket = SocketChannel.open();
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            begun = false;
            connectedAt = System.nanoTime();
            socket.connect(service);
        }

        /** The next few bytes; false when the service has closed the connection. */
        boolean proceed() throws IOException {
            if (!socket.finishConnect()) {
                return true;
            }
            if (!begun) {
                begun = true;
                write(beginning());
                return true;
            }
            // Who reads slowly finds out by writing, too, as what has arrived is read before the end of the connection.
            write(
                    switch (kind) {
                        case HEAD -> "X-Slow: 1\r\n";
                        case BODY -> "1";
                        case READ -> "\r\n";
                    });
            read.clear();
            return socket.read(read) >= 0;
        }

        private String beginning() {
            return switch (kind) {
                case HEAD -> "GET /api/v1 HTTP/1.1\r\nHost: localhost\r\n";
                case BODY ->
                    "POST /api/v1/boards/slow/scores HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 60000\r\n\r\n[";
                case READ -> ("GET " + longPath + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(PIPELINED);
            };
        }

        private void write(String text) throws IOException {
            socket.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        long ageMillis() {
            return (System.nanoTime() - connectedAt) / 1_000_000;
        }

        void close() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                // It is closed for us either way.
            }
            socket = null;
        }
    }
}
