// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom in this module. */
@AnalyzeClasses(packages = "io.cytolog.bench", importOptions = ImportOption.DoNotIncludeTests.class)
class BenchArchitectureTest {

    private static final String GENERATED_BY_JMH = "..jmh_generated..";

    @ArchTest
    static final ArchRule NOTHING_STANDS_ON_THE_COMMANDS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..bench.command")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..bench.command");

    @ArchTest
    static final ArchRule REPORTS_DO_NOT_KNOW_HOW_ONE_MEASURES =
            noClasses()
                    .that()
                    .resideInAPackage("..bench.report")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..bench.measure", "..bench.row", "org.apache.kafka..");

    @ArchTest
    static final ArchRule NOBODY_NAMES_KAFKAS_INTERNALS =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..internals..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.cytolog.bench.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_MUTABLE_STATICS =
            fields().that()
                    .areStatic()
                    .and()
                    .areDeclaredInClassesThat()
                    .resideOutsideOfPackage(GENERATED_BY_JMH)
                    .should()
                    .beFinal();
}
