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
import java.time.Instant;

/** Who may import whom in the core. */
@AnalyzeClasses(
        packages = {
            "io.cytolog.image",
            "io.cytolog.cell",
            "io.cytolog.embed",
            "io.cytolog.measure",
            "io.cytolog.bank",
            "io.cytolog.release",
            "io.cytolog.onnx",
            "io.cytolog.annotate"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class VisionArchitectureTest {

    @ArchTest
    static final ArchRule IMPORTS_ONLY_WHAT_STANDS_BELOW =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("image")
                    .definedBy("io.cytolog.image..")
                    .layer("cell")
                    .definedBy("io.cytolog.cell..")
                    .layer("embed")
                    .definedBy("io.cytolog.embed..")
                    .layer("measure")
                    .definedBy("io.cytolog.measure..")
                    .layer("bank")
                    .definedBy("io.cytolog.bank..")
                    .layer("release")
                    .definedBy("io.cytolog.release..")
                    .layer("onnx")
                    .definedBy("io.cytolog.onnx..")
                    .layer("annotate")
                    .definedBy("io.cytolog.annotate..")
                    .whereLayer("annotate")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("onnx")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("release")
                    .mayOnlyBeAccessedByLayers("onnx", "annotate")
                    .whereLayer("bank")
                    .mayOnlyBeAccessedByLayers("release", "onnx", "annotate")
                    .whereLayer("embed")
                    .mayOnlyBeAccessedByLayers("bank", "release", "onnx", "annotate")
                    .whereLayer("measure")
                    .mayOnlyBeAccessedByLayers("bank", "release", "onnx", "annotate")
                    .whereLayer("cell")
                    .mayOnlyBeAccessedByLayers("embed", "bank", "release", "onnx", "annotate");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.cytolog.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_ONNX_NAMES_ONNX_RUNTIME =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.cytolog.onnx..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("ai.onnxruntime..", "ai.djl..");

    @ArchTest
    static final ArchRule ONLY_IMAGE_AND_CELL_NAME_OPENCV =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.cytolog.image..", "io.cytolog.cell..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule EMBED_AND_BANK_DO_NO_IO =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.cytolog.embed..", "io.cytolog.bank..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..");

    @ArchTest
    static final ArchRule NO_CLASS_READS_THE_CLOCK =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule NO_CLASS_HAS_A_MUTABLE_STATIC =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule NO_CLASS_KNOWS_KAFKA =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..");
}
