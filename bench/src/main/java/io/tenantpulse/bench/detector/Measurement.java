package io.tenantpulse.bench.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a contender's process has measured of itself.
 *
 * @param listed records of the fleet's first listing
 * @param listedCpuSeconds from the start of the process until these were worked off, but for its compilers
 * @param records worked off between begin and end
 * @param seconds between begin and end
 * @param cpuSeconds of the whole process but for its compilers
 * @param allocatedBytes of all its threads
 * @param peakBytes of memory that it held at any time, as the system counts
 */
public record Measurement(
        long listed,
        double listedCpuSeconds,
        long records,
        double seconds,
        double cpuSeconds,
        long allocatedBytes,
        long peakBytes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLION = 1e6;

    String toJson() throws JsonProcessingException {
        return JSON.writeValueAsString(this);
    }

    static Measurement fromJson(String json) throws JsonProcessingException {
        return JSON.readValue(json, Measurement.class);
    }

    double listedCpuSecondsPerMillion() {
        return listedCpuSeconds / listed * MILLION;
    }

    double cpuSecondsPerMillion() {
        return cpuSeconds / records * MILLION;
    }

    double recordsPerSecond() {
        return records / seconds;
    }

    long allocatedPerRecord() {
        return allocatedBytes / records;
    }
}
