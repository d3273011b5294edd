/** Which masters of Redis there are, and which of them has a key. */
package dev.laurel.platform.redis.topology;
