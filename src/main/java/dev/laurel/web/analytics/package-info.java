/** HTTP resources of analytics. */
package dev.laurel.web.analytics;
