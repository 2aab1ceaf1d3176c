// Licensed under the Apache License, Version 2.0.
package io.cytolog.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a plan that cannot be read. */
class PlanFileTest {

    private record Step(String name, int times) {
        private Step {
            if (times < 1) {
                throw new IllegalArgumentException(
                        "step '%s' is done %d times; give at least 1".formatted(name, times));
            }
        }
    }

    private record Steps(List<Step> steps) {}

    @TempDir private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("plan.json");
    }

    @Test
    void readsAPlan() throws IOException {
        Files.writeString(file, "{\"steps\": [{\"name\": \"a\", \"times\": 2}]}");
        assertThat(PlanFile.read(file, Steps.class).steps()).containsExactly(new Step("a", 2));
    }

    @Test
    void saysInARecordsOwnWordsWhatItRefuses() throws IOException {
        Files.writeString(
                file,
                """
                {"steps": [
                  {"name": "a", "times": 2},
                  {"name": "b", "times": 0}
                ]}
                """);
        assertRefused(", line 3, steps[1]: step 'b' is done 0 times; give at least 1");
    }

    @Test
    void saysWhereAFieldIsUnknownOrOfAnotherKind() throws IOException {
        Files.writeString(file, "{\"steps\": [{\"name\": \"a\", \"times\": 1, \"nmae\": 2}]}");
        assertThatThrownBy(() -> PlanFile.read(file, Steps.class))
                .hasMessageStartingWith(
                        "--plan " + file + ", line 1, steps[0].nmae: Unrecognized field \"nmae\"");
        Files.writeString(file, "{\"steps\": [{\"name\": \"a\", \"times\": \"often\"}]}");
        assertThatThrownBy(() -> PlanFile.read(file, Steps.class))
                .hasMessageStartingWith("--plan " + file + ", line 1, steps[0].times: ")
                .hasMessageContaining("\"often\"");
    }

    @Test
    void refusesWhatIsNoPlan() throws IOException {
        assertRefused(" is no file of at most 1 MiB; give a plan");
        Files.writeString(file, "{\"steps\": [");
        assertThatThrownBy(() -> PlanFile.read(file, Steps.class))
                .hasMessageStartingWith("--plan " + file + ", line 1");
        Files.writeString(file, "{\"steps\": []} {}");
        assertThatThrownBy(() -> PlanFile.read(file, Steps.class))
                .hasMessageStartingWith("--plan " + file + ", line 1");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertRefused(" is no file of at most 1 MiB; give a plan");
    }

    private void assertRefused(String fault) {
        assertThatThrownBy(() -> PlanFile.read(file, Steps.class))
                .isInstanceOf(IOException.class)
                .hasMessage("--plan " + file + fault);
    }
}
