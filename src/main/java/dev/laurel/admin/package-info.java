/** Operating a running service: the state of the stores, loading and clearing what is cached. */
package dev.laurel.admin;
