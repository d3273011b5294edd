/** Rankings over HTTP: pages, places, lookups, statistics and exports. */
package dev.laurel.web.rankings;
