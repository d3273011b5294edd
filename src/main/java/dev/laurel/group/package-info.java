/** Groups of players, such as classes, teams and regions, and who belongs to them. */
package dev.laurel.group;
