/** Tenants over HTTP, for those who operate the service. */
package dev.laurel.web.tenants;
