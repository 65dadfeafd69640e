package io.tenantpulse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Set;

/** What may know what. A rule that fails is a design question, not a formality. */
@AnalyzeClasses(packages = "io.tenantpulse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> CLOCKS = Set.of("now", "currentTimeMillis", "nanoTime", "system", "systemUTC");

    /** Method references such as {@code Instant::now} are accesses too, but not calls. */
    private static final DescribedPredicate<JavaAccess<?>> ASKS_THE_WALL_CLOCK = describe(
            "asks the wall clock",
            access -> CLOCKS.contains(access.getTarget().getName())
                    && (access.getTargetOwner().isEquivalentTo(System.class)
                            || access.getTargetOwner().getPackageName().equals(Instant.class.getPackageName())));

    @ArchTest
    static final ArchRule detectionIsPure = classes()
            .that()
            .resideInAnyPackage("io.tenantpulse.detect..", "io.tenantpulse.diagnose..", "io.tenantpulse.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "io.tenantpulse.detect..",
                    "io.tenantpulse.diagnose..",
                    "io.tenantpulse.trends..",
                    "io.tenantpulse.model..");

    @ArchTest
    static final ArchRule trendsArePure = classes()
            .that()
            .resideInAPackage("io.tenantpulse.trends..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.datadoghq.sketch..",
                    "io.tenantpulse.trends..",
                    "io.tenantpulse.model..");

    @ArchTest
    static final ArchRule timeComesFromOutside = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tenantpulse.detect..",
                    "io.tenantpulse.diagnose..",
                    "io.tenantpulse.model..",
                    "io.tenantpulse.trends..",
                    "io.tenantpulse.topology..",
                    "io.tenantpulse.metrics..")
            .and()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .accessTargetWhere(ASKS_THE_WALL_CLOCK);

    @ArchTest
    static final ArchRule kafkaStreamsStaysInTheTopology = noClasses()
            .that()
            .resideOutsideOfPackage("io.tenantpulse.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule avroStaysInTheSerdes = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tenantpulse.detect..",
                    "io.tenantpulse.diagnose..",
                    "io.tenantpulse.model..",
                    "io.tenantpulse.topology",
                    "io.tenantpulse.config..",
                    "io.tenantpulse.http..",
                    "io.tenantpulse.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tenantpulse.v1..", "org.apache.avro..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.tenantpulse.(*)..").should().beFreeOfCycles();
}
