/** Everything that is stored of one kind, read piece by piece in a stable order. */
package dev.laurel.export;
