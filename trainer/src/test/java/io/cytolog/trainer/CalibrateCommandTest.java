// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is read. */
class CalibrateCommandTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void refusesOtherCountsOfOrientations() {
        assertThat(said("nowhere", "new", "--orientations", "3"))
                .isEqualTo("2 --orientations=3 is out of bounds; give 1, 2, 4 or 8");
    }

    @Test
    void doesNotWriteOverAFolder() {
        assertThat(said("nowhere", ".")).startsWith("2 --out ").contains("exists already");
    }

    @Test
    void saysWhichReleaseIsNotThere() {
        assertThat(said("nowhere", "new")).startsWith("2 ").contains("nowhere");
    }

    private String said(String release, String out, String... more) {
        String[] arguments = new String[7 + more.length];
        arguments[0] = "calibrate";
        arguments[1] = "--release";
        arguments[2] = folder.resolve(release).toString();
        arguments[3] = "--data";
        arguments[4] = folder.toString();
        arguments[5] = "--out";
        arguments[6] = folder.resolve(out).toString();
        System.arraycopy(more, 0, arguments, 7, more.length);
        StringWriter err = new StringWriter();
        int code = TrainerCommands.commandLine().setErr(new PrintWriter(err)).execute(arguments);
        return code + " " + err.toString().strip();
    }
}
