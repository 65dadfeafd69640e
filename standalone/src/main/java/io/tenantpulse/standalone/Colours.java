package io.tenantpulse.standalone;

/** Whether a person at a terminal reads, who wants colours. */
final class Colours {
    private Colours() {}

    /** @param refused by a flag; NO_COLOR, TERM=dumb and an output that is no terminal refuse too */
    static boolean isWanted(boolean refused) {
        String noColor = System.getenv("NO_COLOR");
        boolean refusedThere = noColor != null && !noColor.isEmpty();
        return !refused && !refusedThere && !"dumb".equals(System.getenv("TERM")) && System.console() != null;
    }
}
