/** Corrections of scores by hand, and scores taken over, over HTTP. */
package dev.laurel.web.corrections;
