// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The renderer stays plain Java, so that any module may draw with it. */
@AnalyzeClasses(packages = "io.cytolog.smear", importOptions = ImportOption.DoNotIncludeTests.class)
class SmearArchitectureTest {
    @ArchTest
    static final ArchRule NEEDS_ONLY_THE_JDK =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("io.cytolog.smear", "java..", "javax.imageio..");

    @ArchTest
    static final ArchRule HOLDS_NO_MUTABLE_STATICS = fields().that().areStatic().should().beFinal();
}
