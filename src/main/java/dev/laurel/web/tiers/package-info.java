/** Tiers of boards over HTTP: their definition, how many players each has, and who they are. */
package dev.laurel.web.tiers;
