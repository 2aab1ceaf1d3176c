// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the kernel charges a process with.
 *
 * @param cpu user and system time of all its threads; Linux counts it in steps of 10 ms
 * @param peakBytes most memory it ever held at once (VmHWM); 0 where the kernel does not tell
 */
public record ProcessCost(Duration cpu, long peakBytes) {

    private static final long NANOS_A_TICK = 10_000_000;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    static ProcessCost of(ProcessHandle process) {
        Path kernel = Path.of("/proc", Long.toString(process.pid()));
        return new ProcessCost(
                cpu(process, kernel.resolve("stat")), peak(kernel.resolve("status")));
    }

    private static Duration cpu(ProcessHandle process, Path stat) {
        try {
            String line = Files.readString(stat);
            // The name in parentheses may hold anything; the fields begin behind it, at the state.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            return Duration.ofNanos(ticks * NANOS_A_TICK);
        } catch (IOException e) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    private static long peak(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
