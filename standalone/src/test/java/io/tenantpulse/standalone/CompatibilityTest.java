package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    private static final Schema ONE = record("{'name':'a','type':'int'}");
    /** Cannot read ONE, but ONE reads it. */
    private static final Schema NEW_FIELD = record("{'name':'a','type':'int'},{'name':'b','type':'int'}");

    private static final Schema DEFAULTED = record("{'name':'a','type':'int'},{'name':'b','type':'int','default':0}");

    @ParameterizedTest
    @CsvSource({
        "NONE, true, true",
        "BACKWARD, false, true",
        "BACKWARD_TRANSITIVE, false, true",
        "FORWARD, true, false",
        "FORWARD_TRANSITIVE, true, false",
        "FULL, false, false",
        "FULL_TRANSITIVE, false, false"
    })
    void asksForTheDirectionOfItsName(Compatibility level, boolean mayAddField, boolean mayDropField) {
        assertThat(level.faults(NEW_FIELD, List.of(ONE)).isEmpty()).isEqualTo(mayAddField);
        assertThat(level.faults(ONE, List.of(NEW_FIELD)).isEmpty()).isEqualTo(mayDropField);
        assertThat(level.faults(DEFAULTED, List.of(ONE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BACKWARD, true", "BACKWARD_TRANSITIVE, false", "FULL, true", "FULL_TRANSITIVE, false"})
    void onlyATransitiveLevelLooksFurtherBack(Compatibility level, boolean accepted) {
        List<Schema> earlier = List.of(ONE, DEFAULTED);

        assertThat(level.faults(NEW_FIELD, earlier).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThat(Compatibility.BACKWARD.faults(NEW_FIELD, List.of(ONE)))
                .singleElement()
                .asString()
                .contains("new schema cannot read the old one", "READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1");
    }

    @Test
    void isNamedInAnyCase() {
        assertThat(Compatibility.named("full_transitive")).isEqualTo(Compatibility.FULL_TRANSITIVE);
        assertThatExceptionOfType(RegistryProblem.class)
                .isThrownBy(() -> Compatibility.named("sideways"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(42203));
    }

    private static Schema record(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
