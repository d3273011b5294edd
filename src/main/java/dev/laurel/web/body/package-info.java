/** Request bodies on their way to an operation: how long each may be, and what they have to be made of. */
package dev.laurel.web.body;
