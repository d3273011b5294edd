/** The tenant on whose behalf code is running. */
package dev.laurel.platform.tenant;
