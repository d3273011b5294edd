/** Cached answers as JSON, shared by the resources that have some. */
package dev.laurel.web.json;
