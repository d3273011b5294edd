/** The names of all meters, and the times that an answer tells. */
package dev.laurel.platform.meters;
