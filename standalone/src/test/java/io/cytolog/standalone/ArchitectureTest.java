// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom in this module. */
@AnalyzeClasses(
        packages = "io.cytolog.standalone",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_STANDS_ON_THE_COMMANDS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..standalone.command")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..standalone.command");

    @ArchTest
    static final ArchRule OFFLINE_KNOWS_NO_KAFKA =
            noClasses()
                    .that()
                    .resideInAPackage("..standalone.offline")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "kafka..", "io.cytolog.app..");

    @ArchTest
    static final ArchRule ONLY_THE_BROKER_NAMES_THE_SERVER =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("EmbeddedBroker")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("kafka..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.cytolog.standalone.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_MUTABLE_STATICS = fields().that().areStatic().should().beFinal();
}
