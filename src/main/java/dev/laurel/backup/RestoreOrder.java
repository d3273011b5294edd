package dev.laurel.backup;

/**
 * What is to be restored, and why.
 *
 * @param defaultBoard the board that every service has
 */
public record RestoreOrder(String backup, String defaultBoard, String reason, String author) {}
