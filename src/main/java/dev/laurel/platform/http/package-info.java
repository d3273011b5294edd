/** The connections of clients, apart from the requests made on them. */
package dev.laurel.platform.http;
