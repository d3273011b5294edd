/** Status, audits, maintenance and fills over HTTP. */
package dev.laurel.web.admin;
