// Licensed under the Apache License, Version 2.0.
package io.cytolog;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** Who may import whom in the stream-app. */
@AnalyzeClasses(
        packages = {
            "io.cytolog.batch",
            "io.cytolog.content",
            "io.cytolog.serving",
            "io.cytolog.decision",
            "io.cytolog.topology",
            "io.cytolog.telemetry",
            "io.cytolog.console",
            "io.cytolog.config",
            "io.cytolog.app"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class StreamArchitectureTest {

    @ArchTest
    static final ArchRule IMPORTS_ONLY_WHAT_STANDS_BELOW =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("batch")
                    .definedBy("io.cytolog.batch..")
                    .layer("content")
                    .definedBy("io.cytolog.content..")
                    .layer("serving")
                    .definedBy("io.cytolog.serving..")
                    .layer("decision")
                    .definedBy("io.cytolog.decision..")
                    .layer("topology")
                    .definedBy("io.cytolog.topology..")
                    .layer("telemetry")
                    .definedBy("io.cytolog.telemetry..")
                    .layer("console")
                    .definedBy("io.cytolog.console..")
                    .layer("config")
                    .definedBy("io.cytolog.config..")
                    .layer("app")
                    .definedBy("io.cytolog.app..")
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("config")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("console")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("telemetry")
                    .mayOnlyBeAccessedByLayers("console", "app")
                    .whereLayer("topology")
                    .mayOnlyBeAccessedByLayers("telemetry", "console", "app")
                    .whereLayer("content")
                    .mayOnlyBeAccessedByLayers("topology", "app")
                    .whereLayer("decision")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("serving")
                    .mayOnlyBeAccessedByLayers(
                            "decision", "topology", "telemetry", "console", "app")
                    .whereLayer("batch")
                    .mayOnlyBeAccessedByLayers(
                            "serving", "topology", "telemetry", "console", "app");

    @ArchTest
    static final ArchRule BATCHER_CONTENT_AND_SERVING_KNOW_NO_KAFKA =
            noClasses()
                    .that(
                            resideInAnyPackage(
                                    "io.cytolog.batch..",
                                    "io.cytolog.content..",
                                    "io.cytolog.serving.."))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("org.apache.kafka..", "io.cytolog.event.."));

    @ArchTest
    static final ArchRule NOBODY_NAMES_INTERNALS_OF_KAFKA =
            noClasses()
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.apache.kafka..internals.."));

    @ArchTest
    static final ArchRule ONLY_VISION_NAMES_ITS_LIBRARIES =
            noClasses()
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("ai.onnxruntime..", "org.bytedeco.."));

    @ArchTest
    static final ArchRule ONLY_CONTENT_NAMES_THE_OBJECT_STORE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.cytolog.content..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("software.amazon.."));

    @ArchTest
    static final ArchRule ONLY_APP_READS_THE_WALL_CLOCK =
            noClasses()
                    .that(
                            resideInAnyPackage(
                                    "io.cytolog.batch..",
                                    "io.cytolog.content..",
                                    "io.cytolog.serving..",
                                    "io.cytolog.topology..",
                                    "io.cytolog.telemetry..",
                                    "io.cytolog.console.."))
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching("io.cytolog.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule HOLDS_NO_MUTABLE_STATICS = fields().that().areStatic().should().beFinal();
}
