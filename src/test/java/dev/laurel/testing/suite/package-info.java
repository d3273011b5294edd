/** The halves of the tests, which run at the same time in processes of their own, each with its own stores. */
package dev.laurel.testing.suite;
