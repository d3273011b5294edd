/** Errors as clients see them: problem documents of RFC 9457. */
package dev.laurel.platform.problem;
