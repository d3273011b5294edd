/** How long requests take: their classes, and the slow ones among them. */
package dev.laurel.platform.timing;
