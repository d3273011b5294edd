/** API keys over HTTP. */
package dev.laurel.web.keys;
