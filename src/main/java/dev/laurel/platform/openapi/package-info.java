/** The document of the HTTP interface, served as the build has written it. */
package dev.laurel.platform.openapi;
