/** API keys: made once, kept as digests, and known in every process until they expire or are revoked. */
package dev.laurel.access.key;
