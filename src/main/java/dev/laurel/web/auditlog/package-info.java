/** The audit log over HTTP: writes an entry for each administrative action, and reads them. */
package dev.laurel.web.auditlog;
