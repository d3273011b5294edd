/** Where a request comes from: the address of its client, as the connection or a trusted proxy states it. */
package dev.laurel.platform.client;
