// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the trainer's commands say of arguments that they cannot take. */
class TrainerCommandsTest {

    private record Said(int code, String err) {}

    @Test
    void aMistypedOptionGetsOneLineAndAGuess() {
        Said said = run("train", "--data", "d", "--out", "o", "--epoch", "3");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err())
                .contains("'--epoch', '3'", "did you mean", "--epochs")
                .contains("'./cytolog train --help' lists the options");
    }

    @Test
    void aMistypedOptionIsNamedThoughAnotherIsMissing() {
        Said said = run("train", "--dat", "d", "--out", "o");

        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).contains("'--dat'", "--data");
    }

    @Test
    void missingOptionsAndWrongValuesGetOneLine() {
        Said missing = run("promote");
        Said wrong = run("train", "--data", "d", "--out", "o", "--optimiser", "sgd");

        assertThat(missing.err().lines()).hasSize(1);
        assertThat(missing.err()).contains("--data", "--serving", "--candidate");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err()).contains("'sgd'", "MUON");
    }

    private static Said run(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = TrainerCommands.commandLine().setErr(new PrintWriter(err, true));
        return new Said(line.execute(arguments), err.toString());
    }
}
