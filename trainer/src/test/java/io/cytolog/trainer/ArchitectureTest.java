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
            "io.cytolog.synthesis",
            "io.cytolog.outline",
            "io.cytolog.mix",
            "io.cytolog.ablate",
            "io.cytolog.promote",
            "io.cytolog.plan",
            "io.cytolog.report",
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
                    .layer("synthesis")
                    .definedBy("io.cytolog.synthesis")
                    .layer("outline")
                    .definedBy("io.cytolog.outline")
                    .layer("mix")
                    .definedBy("io.cytolog.mix")
                    .layer("ablate")
                    .definedBy("io.cytolog.ablate")
                    .layer("promote")
                    .definedBy("io.cytolog.promote")
                    .layer("plan")
                    .definedBy("io.cytolog.plan")
                    .layer("report")
                    .definedBy("io.cytolog.report")
                    .layer("export")
                    .definedBy("io.cytolog.export")
                    .layer("app")
                    .definedBy("io.cytolog.trainer")
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("export")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("synthesis")
                    .mayOnlyBeAccessedByLayers("mix", "app")
                    .whereLayer("outline")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("mix")
                    .mayOnlyBeAccessedByLayers("ablate", "app")
                    .whereLayer("ablate")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("promote")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("plan")
                    .mayOnlyBeAccessedByLayers("ablate", "promote")
                    .whereLayer("report")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("evaluate")
                    .mayOnlyBeAccessedByLayers(
                            "mix", "ablate", "promote", "report", "export", "app")
                    .whereLayer("fit")
                    .mayOnlyBeAccessedByLayers(
                            "evaluate",
                            "synthesis",
                            "outline",
                            "mix",
                            "ablate",
                            "report",
                            "export",
                            "app");

    @ArchTest
    static final ArchRule ONLY_NETWORK_AND_FIT_NAME_LIBTORCH =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.cytolog.network",
                            "io.cytolog.fit",
                            "io.cytolog.synthesis",
                            "io.cytolog.trainer")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.bytedeco.pytorch..");
}
