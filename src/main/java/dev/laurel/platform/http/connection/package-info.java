/** Connections of clients: how many there may be, how long each of them may take, and what is a request. */
package dev.laurel.platform.http.connection;
