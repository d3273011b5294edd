/** What the members of groups have scored together. */
package dev.laurel.ranking.group;
