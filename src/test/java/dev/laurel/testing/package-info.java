/** What tests of the running service share: a client, builders, published results and an oracle. */
package dev.laurel.testing;
