/** The start and the end of the program, and its clock. */
package dev.laurel.platform.lifecycle;
