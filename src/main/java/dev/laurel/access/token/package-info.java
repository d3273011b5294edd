/** Bearer tokens of an OpenID Connect issuer: verified by its public keys, and mapped to callers. */
package dev.laurel.access.token;
