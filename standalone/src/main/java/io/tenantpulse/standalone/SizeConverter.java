package io.tenantpulse.standalone;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them, {@code 64MiB}, {@code 500KiB}, {@code 1GiB}, or a number of bytes; above zero. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(|B|KiB|MiB|GiB)");
    private static final int KIB_SHIFT = 10;

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text);
        long number = size.matches() ? Long.parseLong(size.group(1)) : 0;
        if (number == 0) {
            throw new TypeConversionException(
                    "'" + text + "' is not a size such as 64MiB, 500KiB or 1000000, above zero");
        }
        return switch (size.group(2)) {
            case "KiB" -> number << KIB_SHIFT;
            case "MiB" -> number << 2 * KIB_SHIFT;
            case "GiB" -> number << 3 * KIB_SHIFT;
            default -> number;
        };
    }
}
