/** Tenants as operators register them: known in every process, with what each may have. */
package dev.laurel.access.tenant;
