/** Clients that are generated from the OpenAPI document, and what linters say of it. */
package dev.laurel.clients;
