package dev.laurel.platform.client;

/**
 * A range of addresses.
 *
 * @param first any address in it
 * @param bits how many leading bits all of them have in common
 */
record Cidr(IpAddress first, int bits) {
    /** @throws IllegalArgumentException naming the text, so that the service does not start */
    static Cidr of(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw invalid(text);
        }
        int all = address.bytes().length * Byte.SIZE;
        int bits = slash < 0 ? all : number(text, slash + 1);
        if (bits < 0 || bits > all) {
            throw invalid(text);
        }
        return new Cidr(address, bits);
    }

    private static int number(String text, int from) {
        try {
            return Integer.parseInt(text, from, text.length(), 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("laurel.proxy.trusted has no such range of addresses: " + text, e);
        }
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("laurel.proxy.trusted has no such range of addresses: " + text);
    }

    boolean contains(IpAddress address) {
        byte[] own = first.bytes();
        byte[] other = address.bytes();
        if (own.length != other.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (own[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (own[whole] ^ other[whole]) >> Byte.SIZE - rest == 0;
    }
}
