package dev.laurel.platform.redis;

import java.util.List;

/**
 * A question to a script that answers several at once: its arguments are those of all questions, one after the other, and its reply
 * is a list with one answer for each; or one that is no list, and then the answer to each.
 *
 * @param keys what it is about
 * @param arguments those of this question
 * @param size the work it takes, about as many players as are in the answer
 */
public record RedisQuestion(RedisScript script, List<String> keys, List<String> arguments, int size) {}
