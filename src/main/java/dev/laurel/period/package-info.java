/** Pure time arithmetic: which window contains an instant, and which window a name means. */
package dev.laurel.period;
