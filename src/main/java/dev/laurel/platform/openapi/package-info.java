/** The document of the HTTP interface: completed in the build for those who generate clients, and served as it was built. */
package dev.laurel.platform.openapi;
