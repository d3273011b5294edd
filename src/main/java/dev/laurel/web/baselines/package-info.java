/** Seasons beyond their definition: what gains count from, and comparisons. */
package dev.laurel.web.baselines;
