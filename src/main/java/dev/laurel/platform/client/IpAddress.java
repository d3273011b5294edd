package dev.laurel.platform.client;

import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An IP address, read from text without asking a name server. An IPv4 address mapped into IPv6 is the IPv4 address. */
public final class IpAddress {
    private static final int V4 = 4;
    private static final int V6 = 16;

    /** The bytes of an IPv6 address that a provider assigns to one customer. */
    private static final int V6_NETWORK = 8;

    private static final byte LOOPBACK_V4 = 127;
    private static final IpAddress LOOPBACK_V6 = parse("::1");

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The address that a text is, without port; null when it is none. */
    public static IpAddress parse(String text) {
        byte[] bytes = text.isEmpty() || text.indexOf('%') >= 0 || text.charAt(0) == '['
                ? null
                : NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null ? null : of(bytes);
    }

    /** The address of a connection's other end. */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    private static IpAddress of(byte[] bytes) {
        boolean mapped = bytes.length == V6 && bytes[10] == -1 && bytes[11] == -1;
        for (int i = 0; mapped && i < 10; i++) {
            mapped = bytes[i] == 0;
        }
        return new IpAddress(mapped ? Arrays.copyOfRange(bytes, V6 - V4, V6) : bytes);
    }

    /** Whether it is this machine. */
    public boolean isLoopback() {
        if (bytes.length == V4) {
            return bytes[0] == LOOPBACK_V4;
        }
        return equals(LOOPBACK_V6);
    }

    byte[] bytes() {
        return bytes;
    }

    /** What is limited as one: an IPv4 address, or the {@code /64} of an IPv6 address, of which a client has all. */
    public String network() {
        if (bytes.length == V4) {
            return toString();
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(bytes, V6_NETWORK), V6);
        return NetUtil.bytesToIpAddress(network) + "/64";
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
