/** What players have done, day by day and tag by tag: counted from the ledger by a follower, corrected, and read in sets. */
package dev.laurel.analytics.rollup;
