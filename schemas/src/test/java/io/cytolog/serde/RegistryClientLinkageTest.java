// Licensed under the Apache License, Version 2.0.
package io.cytolog.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The registry client was built against older jars than those it meets here: every class, method
 * and field that it refers to must exist in them. An upgrade of Kafka, Avro, Jackson or Guava that
 * takes one away fails here instead of at a laboratory.
 */
class RegistryClientLinkageTest {

    private static final String CLIENT = "io.confluent.kafka.schemaregistry";

    private final JavaClasses classes = new ClassFileImporter().importPackages(CLIENT);

    @Test
    void isTheGenuineClientUnderItsOwnName() {
        assertThat(classes.contain(CLIENT + ".client.CachedSchemaRegistryClient")).isTrue();
        assertThat(classes).hasSizeGreaterThan(130);
    }

    @Test
    void refersToNothingOfItsCarrier() {
        Set<String> carrier =
                classes.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(name -> name.contains("flink"))
                        .collect(Collectors.toSet());

        assertThat(carrier).isEmpty();
    }

    @Test
    void everythingItRefersToExists() {
        List<String> missing =
                classes.stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(access -> !resolves(access))
                        .map(JavaAccess::getDescription)
                        .sorted()
                        .toList();

        assertThat(missing).isEmpty();
    }

    private static boolean resolves(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        JavaClass owner = target.getOwner();
        // An array's methods, such as clone(), have no member to resolve.
        return owner.isArray() || target.resolveMember().isPresent();
    }
}
