/**
 * Manual corrections by administrators: disqualified players, adjusted scores, and the log of who did what and why.
 */
package dev.laurel.correction;
