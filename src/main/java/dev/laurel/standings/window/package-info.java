/** Which window an event or a question belongs to, in which generation and state. */
package dev.laurel.standings.window;
