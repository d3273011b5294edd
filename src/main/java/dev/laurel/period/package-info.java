/** Pure time arithmetic: which window holds an instant, and which window a name means. */
package dev.laurel.period;
