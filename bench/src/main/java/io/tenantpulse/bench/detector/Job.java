package io.tenantpulse.bench.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * What a contender's process is told.
 *
 * @param contender by {@link Contenders} name
 * @param topic the log
 * @param prefix of topics that it writes to
 * @param listed records of the fleet's first listing
 * @param warm records before those that are measured
 * @param total records of the log
 * @param endMillis the last watermark: no deadline after it counts
 * @param threads that work
 * @param exactlyOnce else at least once
 * @param stateDir for its state
 */
public record Job(
        String contender,
        String bootstrapServers,
        String registryUrl,
        String topic,
        String prefix,
        long listed,
        long warm,
        long total,
        long endMillis,
        int threads,
        boolean exactlyOnce,
        String stateDir) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same with its state elsewhere. */
    public Job in(String folder) {
        return new Job(
                contender,
                bootstrapServers,
                registryUrl,
                topic,
                prefix,
                listed,
                warm,
                total,
                endMillis,
                threads,
                exactlyOnce,
                folder);
    }

    /** As one argument of a command line. */
    public String toJson() throws JsonProcessingException {
        return JSON.writeValueAsString(this);
    }

    /** Reads what {@link #toJson} wrote. */
    public static Job fromJson(String json) throws JsonProcessingException {
        return JSON.readValue(json, Job.class);
    }

    /** Topic of alerts that it writes. */
    public String alerts() {
        return prefix + ".alerts";
    }

    /** With the broker's address alone. */
    public Properties clientSettings() {
        Properties all = new Properties();
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return all;
    }
}
