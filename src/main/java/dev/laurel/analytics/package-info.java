/** The activity of boards over time: figures kept by a follower of the accepted events. */
package dev.laurel.analytics;
