/** What tests stand on: real stores, a client that speaks HTTP, an oracle written another way, and real data. */
package dev.laurel.testing;
