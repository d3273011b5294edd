/** Value records and the error family that every other package speaks; plain Java without input or output. */
package dev.laurel.shared;
