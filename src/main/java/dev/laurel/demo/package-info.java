/** Boards with invented players, for a first look at the service; off by default. */
package dev.laurel.demo;
