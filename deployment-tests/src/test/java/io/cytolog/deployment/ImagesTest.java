// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two image recipes: no engine is here to build them, so what they name is checked. */
class ImagesTest {
    private static final Pattern ALLOWED = Pattern.compile("(?m)^!(.+)$");

    @ParameterizedTest
    @ValueSource(strings = {"deploy/stream-app/Dockerfile", "deploy/connect/Dockerfile"})
    void copiesOnlyWhatTheBuildContextHolds(String dockerfile) {
        // Given
        var allowed =
                ALLOWED.matcher(Checkout.text(".dockerignore"))
                        .results()
                        .map(match -> match.group(1).replaceFirst("\\*.*", ""))
                        .toList();

        // When
        var sources = copied(dockerfile).toList();

        // Then
        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(isUnder(source, allowed)).as(source).isTrue())
                .filteredOn(source -> source.startsWith("deploy/"))
                .allSatisfy(source -> assertThat(Checkout.path(source)).exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/stream-app/Dockerfile", "deploy/connect/Dockerfile"})
    void runsAsAnUnprivilegedUserWithoutAShell(String dockerfile) {
        assertThat(Checkout.text(dockerfile))
                .containsPattern("(?m)^USER 10001:10001$")
                .containsPattern("(?m)^ENTRYPOINT \\[\"java\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/stream-app/Dockerfile", "deploy/connect/Dockerfile"})
    void pinsItsBasesAndTheVersion(String dockerfile) {
        var text = Checkout.text(dockerfile);
        assertThat(text)
                .contains("JAVA_IMAGE=eclipse-temurin:25.")
                .contains("VERSION=" + System.getProperty("cytolog.version"));
        assertThat(Pattern.compile("KAFKA_IMAGE=(\\S+)").matcher(text).results())
                .allSatisfy(
                        match ->
                                assertThat(match.group(1))
                                        .isEqualTo(
                                                "apache/kafka:"
                                                        + System.getProperty(
                                                                "cytolog.kafka.version")));
    }

    private static boolean isUnder(String source, List<String> allowed) {
        return allowed.stream().anyMatch(source::startsWith);
    }

    /** What COPY takes from the context: every word but options and the last. */
    private static Stream<String> copied(String dockerfile) {
        return Checkout.text(dockerfile)
                .lines()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .flatMap(
                        line -> {
                            var words = line.substring("COPY ".length()).split(" ");
                            return Stream.of(words).limit(words.length - 1);
                        });
    }
}
