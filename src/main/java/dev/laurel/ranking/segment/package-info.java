/** Rankings of segments: read for moments, or kept up to date by the changes of their windows. */
package dev.laurel.ranking.segment;
