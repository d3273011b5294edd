package dev.laurel.ranking.group;

import dev.laurel.shared.PageRequest;

/**
 * Selects a page of a ranking of groups.
 *
 * @param kind of the groups
 * @param counted how many of the best members count
 * @param minMembers a group needs as many ranked members, from 1
 */
public record GroupRankingQuery(String kind, Rollup rollup, int counted, int minMembers, PageRequest page) {}
