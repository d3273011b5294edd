/** Starts a real PostgreSQL and a real Redis beside the service when no addresses of such servers are configured. */
package dev.laurel.platform.embedded;
