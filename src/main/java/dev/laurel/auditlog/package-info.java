/** The audit log: every administrative action with its caller, what it changed and what became of it. */
package dev.laurel.auditlog;
