// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom among the plugins, and what none of them may use. */
@AnalyzeClasses(
        packages = "io.cytolog.connect",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ConnectorsArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_STAND_ON_ONE_ANOTHER =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("shared")
                    .definedBy("io.cytolog.connect")
                    .layer("folder")
                    .definedBy("io.cytolog.connect.folder")
                    .layer("hl7")
                    .definedBy("io.cytolog.connect.hl7")
                    .layer("result")
                    .definedBy("io.cytolog.connect.result")
                    .whereLayer("folder")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("result")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("hl7")
                    .mayOnlyBeAccessedByLayers("result")
                    .whereLayer("shared")
                    .mayOnlyBeAccessedByLayers("folder", "result");

    @ArchTest
    static final ArchRule ONLY_HL7_NAMES_HAPI =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.cytolog.connect.hl7")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ca.uhn..");

    @ArchTest
    static final ArchRule HOUSES_DO_NOT_IMPORT_EACH_OTHER =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.cytolog.topology..",
                            "io.cytolog.batch..",
                            "io.cytolog.image..",
                            "io.cytolog.app..",
                            "org.apache.kafka.connect.runtime..",
                            "org.apache.kafka..internals..");

    @ArchTest
    static final ArchRule NOBODY_READS_THE_WALL_CLOCK =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule HOLDS_NO_MUTABLE_STATICS = fields().that().areStatic().should().beFinal();
}
