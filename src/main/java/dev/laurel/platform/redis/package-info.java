/** Redis as Laurel uses it: one pipelined connection for each event loop, and scripts as the way to be atomic. */
package dev.laurel.platform.redis;
