/** Manual corrections of scores, and scores taken over, over HTTP. */
package dev.laurel.web.corrections;
