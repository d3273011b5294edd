/** Groups over HTTP: their definitions, their members, and what they have scored together. */
package dev.laurel.web.groups;
