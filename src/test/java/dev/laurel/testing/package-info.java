/** What tests of all packages share: real stores, and the means to disturb them. */
package dev.laurel.testing;
