/** Starts a real PostgreSQL and a real Redis next to the service when no addresses of such servers are configured. */
package dev.laurel.platform.embedded;
