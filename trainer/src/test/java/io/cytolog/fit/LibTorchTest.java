// Licensed under the Apache License, Version 2.0.
package io.cytolog.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on a machine where nothing has been unpacked yet. */
class LibTorchTest {

    private static final int LIMIT_SECONDS = 120;

    @TempDir private Path folder = Path.of("");

    @Test
    void processesThatStartTogetherUnpackOneAfterTheOther() throws Exception {
        // When
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(folder.resolve("out" + i)));
        }

        // Then
        for (int i = 0; i < processes.size(); i++) {
            Process process = processes.get(i);
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("out" + i)))
                    .isZero();
        }
    }

    private Process start(Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** A program that adds up four ones. */
    static final class Loading {

        private Loading() {}

        public static void main(String[] arguments) {
            LibTorch.ready(1);
            double sum = torch.ones(4).sum().item_float();
            System.exit(sum == 4 ? 0 : 1);
        }
    }
}
