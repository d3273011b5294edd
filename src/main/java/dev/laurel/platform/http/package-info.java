/** The connections of clients, apart from what is asked on them. */
package dev.laurel.platform.http;
