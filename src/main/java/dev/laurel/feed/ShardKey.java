package dev.laurel.feed;

/** A shard of a follower: the boards whose numbers end in the same bits. */
record ShardKey(String follower, int shard) {
    /** As many as the indexes and cursors have; see the migration. */
    static final int SHARDS = 16;

    static int of(int boardId) {
        return boardId & (SHARDS - 1);
    }
}
