/** Boards, their seasons and their freezes over HTTP. */
package dev.laurel.web.boards;
