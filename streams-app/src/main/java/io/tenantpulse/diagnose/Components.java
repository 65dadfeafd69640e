package io.tenantpulse.diagnose;

import java.util.Arrays;

/**
 * The strongly connected components of a directed graph (Tarjan's algorithm, without recursion, for chains are deep). They
 * are numbered so that what a component needs has a smaller number than it.
 */
final class Components {
    private static final int UNSEEN = -1;

    private final int[][] needs;
    private final int[] of;
    private final int[] found;
    private final int[] low;
    private final int[] stack;
    private int stacked;
    private int discovered;
    private int count;

    private Components(int[][] needs) {
        this.needs = needs;
        this.of = filled(needs.length);
        this.found = filled(needs.length);
        this.low = new int[needs.length];
        this.stack = new int[needs.length];
    }

    private static int[] filled(int length) {
        int[] made = new int[length];
        Arrays.fill(made, UNSEEN);
        return made;
    }

    /** Of the graph whose node {@code i} needs the nodes {@code needs[i]}. */
    static Components of(int[][] needs) {
        Components components = new Components(needs);
        int[] path = new int[needs.length];
        int[] next = new int[needs.length];
        for (int node = 0; node < needs.length; node++) {
            if (components.found[node] == UNSEEN) {
                components.walkFrom(node, path, next);
            }
        }
        return components;
    }

    private void walkFrom(int start, int[] path, int[] next) {
        int depth = 0;
        path[0] = start;
        enter(start);
        while (depth >= 0) {
            int node = path[depth];
            if (next[node] < needs[node].length) {
                int needed = needs[node][next[node]++];
                if (found[needed] == UNSEEN) {
                    path[++depth] = needed;
                    enter(needed);
                } else if (of[needed] == UNSEEN) {
                    low[node] = Math.min(low[node], found[needed]);
                }
            } else {
                leave(node);
                if (--depth >= 0) {
                    low[path[depth]] = Math.min(low[path[depth]], low[node]);
                }
            }
        }
    }

    private void enter(int node) {
        found[node] = discovered;
        low[node] = discovered++;
        stack[stacked++] = node;
    }

    private void leave(int node) {
        if (low[node] != found[node]) {
            return;
        }
        int member;
        do {
            member = stack[--stacked];
            of[member] = count;
        } while (member != node);
        count++;
    }

    int count() {
        return count;
    }

    /** Number of the component that the node is in. */
    int of(int node) {
        return of[node];
    }

    /** The nodes ordered by component, within one ascending: what a node needs stands before it, cycles aside. */
    int[] order() {
        int[] end = new int[count + 1];
        for (int component : of) {
            end[component + 1]++;
        }
        for (int i = 0; i < count; i++) {
            end[i + 1] += end[i];
        }
        int[] order = new int[of.length];
        for (int node = 0; node < of.length; node++) {
            order[end[of[node]]++] = node;
        }
        return order;
    }
}
