/** Baselines of seasons over HTTP. */
package dev.laurel.web.baselines;
