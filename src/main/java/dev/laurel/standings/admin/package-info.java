/** What operators can see of the ranked store and do to it. */
package dev.laurel.standings.admin;
