package io.tenantpulse.exporter;

import org.apache.avro.specific.SpecificRecord;

/** One record of the log, ready but for being sent. */
public record LogRecord(String key, SpecificRecord value, Target target) {}
