package io.tenantpulse.detect;

/**
 * What every turn of a tenant needs: the rules in force, where decisions go, who explains them, and where incidents go that
 * have ended.
 */
record Detecting(Rules rules, Voice voice, Diagnoses diagnoses, PastIncidents past) {}
