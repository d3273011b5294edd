/** What players had when a season began, from which gains count: stored, changed, and shown in both stores. */
package dev.laurel.standings.baseline;
