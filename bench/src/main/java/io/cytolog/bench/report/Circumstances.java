// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where and how something was measured.
 *
 * @param date of the first measurement
 * @param commit of the checkout, with a plus when it was changed
 * @param versions of the libraries that matter
 * @param plan settings that all rows share, as text
 * @param command that was given
 */
public record Circumstances(
        String date,
        String cpu,
        int cores,
        double memoryGibibytes,
        String system,
        String java,
        String commit,
        List<String> versions,
        String plan,
        String command) {

    private static final List<String> LIBRARIES =
            List.of(
                    "kafka-clients",
                    "kafka-streams",
                    "onnxruntime",
                    "opencv",
                    "flink-streaming-java",
                    "flink-connector-kafka",
                    "parallel-consumer-core");

    public Circumstances {
        versions = List.copyOf(versions);
    }

    /**
     * As they are now.
     *
     * @param home the checkout
     * @param classPaths of all rows
     */
    public static Circumstances now(
            Path home, List<String> classPaths, String plan, String command) {
        var system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return new Circumstances(
                LocalDate.now().toString(),
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                Math.round(10.0 * system.getTotalMemorySize() / (1L << 30)) / 10.0,
                "%s %s".formatted(system.getName(), system.getVersion()),
                "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
                commit(home),
                versions(classPaths),
                plan,
                command);
    }

    /** Whether results of the two may stand in one table. */
    boolean comparable(Circumstances other) {
        return cpu.equals(other.cpu)
                && cores == other.cores
                && commit.equals(other.commit)
                && plan.equals(other.plan);
    }

    private static String cpuModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String commit(Path home) {
        String commit = git(home, "rev-parse", "--short=10", "HEAD");
        boolean changed = !git(home, "status", "--porcelain", "--untracked-files=no").isEmpty();
        return commit.isEmpty() ? "unknown" : changed ? commit + "+" : commit;
    }

    private static String git(Path home, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        try {
            Process git =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> versions(List<String> classPaths) {
        List<String> found = new ArrayList<>();
        for (String library : LIBRARIES) {
            Pattern jar = Pattern.compile("/" + library + "-(\\d[^/:;]*?)\\.jar");
            classPaths.stream()
                    .flatMap(path -> jar.matcher(path).results().map(match -> match.group(1)))
                    .distinct()
                    .filter(version -> !version.matches(".*-(linux|macosx|windows).*"))
                    .map(version -> library + " " + version)
                    .forEach(found::add);
        }
        return found;
    }
}
