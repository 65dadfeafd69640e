package io.tenantpulse.schema;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach the schema registry, and what we may do there.
 *
 * @param url of the registry; several, separated by commas, are tried in turn
 * @param client settings of Confluent's client by its own names: {@code basic.auth.*}, {@code bearer.auth.*},
 *     {@code schema.registry.ssl.*}, {@code http.connect.timeout.ms} and so on; hold secrets, are never printed
 * @param autoRegister whether to register our schemas; false: they must be there already
 */
public record SerdeSettings(String url, Map<String, String> client, boolean autoRegister) {
    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";

    /** @throws IllegalArgumentException if the URL is not an http or https one */
    public SerdeSettings {
        client = Map.copyOf(client);
        for (String one : url.split(",", -1)) {
            checkUrl(one.strip());
        }
    }

    /** A registry without authentication, where we register our schemas ourselves. */
    public static SerdeSettings of(String url) {
        return new SerdeSettings(url, Map.of(), true);
    }

    /**
     * From settings as users of Confluent's serializers have them: {@code schema.registry.url}, {@code
     * auto.register.schemas} (default true) and what the client understands.
     *
     * @throws IllegalArgumentException if the URL is missing or a value is not valid
     */
    public static SerdeSettings from(Map<String, String> confluent) {
        Map<String, String> client = new TreeMap<>(confluent);
        String url = client.remove(URL);
        if (url == null) {
            throw new IllegalArgumentException(URL + " is missing: set it to the URL of the schema registry");
        }
        String auto = client.remove(AUTO_REGISTER);
        if (auto != null && !auto.equals("true") && !auto.equals("false")) {
            throw new IllegalArgumentException(AUTO_REGISTER + " must be true or false, not \"" + auto + "\"");
        }
        return new SerdeSettings(url, client, auto == null || auto.equals("true"));
    }

    private static void checkUrl(String url) {
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(URL + " is not a URL: give one such as http://localhost:8081");
        }
        boolean web = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
        if (!web || parsed.getHost() == null) {
            throw new IllegalArgumentException(URL + " must begin with http:// or https:// and name a host");
        }
    }

    /** The URL without credentials that may stand in it, for messages. */
    public String printableUrl() {
        return url.replaceAll("//[^/@]*@", "//***@");
    }

    /** Names the client's settings, not their values: they hold secrets. */
    @Override
    public String toString() {
        return "SerdeSettings[url=" + printableUrl() + ", client=" + new TreeMap<>(client).keySet() + ", autoRegister="
                + autoRegister + "]";
    }
}
