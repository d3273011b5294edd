/** Imports of files into boards: what is ordered, how far it is, what it has refused. */
package dev.laurel.imports;
