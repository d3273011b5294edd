package dev.laurel.group;

/** What becomes of the named players in a change of many members. */
public enum MemberChange {
    /** They join; all other members stay. */
    ADD,
    /** They leave; all other members stay. */
    REMOVE,
    /** They are the members from now on. */
    REPLACE
}
