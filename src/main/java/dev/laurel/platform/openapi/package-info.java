/**
 * The OpenAPI document of the HTTP interface: completed in the build for client generators, and served as it was built.
 */
package dev.laurel.platform.openapi;
