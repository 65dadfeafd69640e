package io.tenantpulse.detect;

/** What every turn of a tenant needs: the rules in force, where decisions go, and who explains them. */
record Detecting(Rules rules, Voice voice, Diagnoses diagnoses) {}
