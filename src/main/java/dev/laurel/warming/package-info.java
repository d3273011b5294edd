/** What is read at which hour of the week, and loading it before it is read; it knows no feature. */
package dev.laurel.warming;
