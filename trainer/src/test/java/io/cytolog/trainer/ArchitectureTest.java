// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom in the trainer. */
@AnalyzeClasses(
        packages = {
            "io.cytolog.corpus",
            "io.cytolog.balance",
            "io.cytolog.network",
            "io.cytolog.fit",
            "io.cytolog.evaluate",
            "io.cytolog.export",
            "io.cytolog.trainer"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule LAYERS =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("corpus")
                    .definedBy("io.cytolog.corpus")
                    .layer("balance")
                    .definedBy("io.cytolog.balance")
                    .layer("network")
                    .definedBy("io.cytolog.network")
                    .layer("fit")
                    .definedBy("io.cytolog.fit")
                    .layer("evaluate")
                    .definedBy("io.cytolog.evaluate")
                    .layer("export")
                    .definedBy("io.cytolog.export")
                    .layer("app")
                    .definedBy("io.cytolog.trainer")
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("export")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("evaluate")
                    .mayOnlyBeAccessedByLayers("export", "app")
                    .whereLayer("fit")
                    .mayOnlyBeAccessedByLayers("evaluate", "export", "app");

    @ArchTest
    static final ArchRule ONLY_NETWORK_AND_FIT_NAME_LIBTORCH =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.cytolog.network", "io.cytolog.fit", "io.cytolog.trainer")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.bytedeco.pytorch..");
}
