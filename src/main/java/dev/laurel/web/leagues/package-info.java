/** HTTP of leagues: cohorts, tiers, and what players have reached in them. */
package dev.laurel.web.leagues;
