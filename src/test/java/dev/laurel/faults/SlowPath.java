package dev.laurel.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server of this machine on which every piece is held back for a random time, and which can be cut. */
final class SlowPath implements AutoCloseable {
    private static final int PIECE = 16_384;

    private final ServerSocket entrance;
    private final int target;
    private final int mostMillis;
    private final SplittableRandom random;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private SlowPath(int target, int mostMillis, SplittableRandom random) throws IOException {
        this.entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.target = target;
        this.mostMillis = mostMillis;
        this.random = random;
    }

    /** Opens a way to a port; each piece is held back for up to so many milliseconds, in both directions. */
    static SlowPath to(int target, int mostMillis, SplittableRandom random) throws IOException {
        SlowPath path = new SlowPath(target, mostMillis, random);
        daemon(path::accept, "slow-path");
        return path;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Breaks all connections there are; new ones are taken. */
    void cut() {
        sockets.forEach(SlowPath::close);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket("127.0.0.1", target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                carry(client, server);
                carry(server, client);
            } catch (IOException e) {
                // The entrance is closed, or the server is away: the client finds its connection closed or unserved.
                Load.pause(1);
            }
        }
    }

    private void carry(Socket from, Socket to) {
        SplittableRandom delays;
        synchronized (random) {
            delays = random.split();
        }
        daemon(() -> pump(from, to, delays), "slow-path-" + from.getPort());
    }

    private void pump(Socket from, Socket to, SplittableRandom delays) {
        byte[] piece = new byte[PIECE];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                Load.pause(delays.nextInt(mostMillis + 1));
                out.write(piece, 0, read);
            }
        } catch (IOException e) {
            // Cut, by us or by one of the two: the other side is told by closing.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            // It is closed for us either way.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
