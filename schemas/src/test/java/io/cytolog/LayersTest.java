// Licensed under the Apache License, Version 2.0.
package io.cytolog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom in this module, and what nobody may name. */
@AnalyzeClasses(packages = "io.cytolog", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule LAYERS =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("event")
                    .definedBy("io.cytolog.event")
                    .layer("topic")
                    .definedBy("io.cytolog.topic")
                    .layer("serde")
                    .definedBy("io.cytolog.serde")
                    .whereLayer("serde")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("topic")
                    .mayOnlyBeAccessedByLayers("serde");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.cytolog.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_SERDE_NAMES_THE_REGISTRY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.cytolog.serde")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.confluent..");

    @ArchTest
    static final ArchRule NOBODY_NAMES_KAFKAS_INTERNALS_OR_STREAMS =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..internals..", "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule NO_MUTABLE_STATICS =
            fields().that()
                    .areStatic()
                    .and()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage("io.cytolog.topic", "io.cytolog.serde")
                    .should()
                    .beFinal();
}
