/** Partial changes of records, as JSON merge patches: how they are read, merged and described. */
package dev.laurel.web.patch;
