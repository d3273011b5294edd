/** Windows of boards, and the history of players in them, over HTTP. */
package dev.laurel.web.windows;
