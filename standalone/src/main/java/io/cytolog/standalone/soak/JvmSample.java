// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.soak;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a JVM takes at a moment, as it says itself.
 *
 * @param heapUsed bytes, with what no one holds any more
 * @param heapLive bytes that the last collection left, old ones among them that it did not look at
 * @param direct bytes of direct buffers
 * @param resident bytes of the whole process in memory, natives included
 * @param rebalances that its consumers have seen
 * @param streamThreads alive now
 */
record JvmSample(
        long heapUsed,
        long heapLive,
        long direct,
        long resident,
        long rebalances,
        long streamThreads) {

    private static final String MARK = "SAMPLE ";

    static JvmSample now() {
        return new JvmSample(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                liveNow(),
                directNow(),
                residentNow(),
                rebalancesNow(),
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().contains("-StreamThread-"))
                        .count());
    }

    String line() {
        return MARK
                + LongStream.of(heapUsed, heapLive, direct, resident, rebalances, streamThreads)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(" "));
    }

    /** The sample that a line holds, if it holds one. */
    static Optional<JvmSample> of(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        long[] n =
                Arrays.stream(line.substring(MARK.length()).split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
        return Optional.of(new JvmSample(n[0], n[1], n[2], n[3], n[4], n[5]));
    }

    private static long liveNow() {
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(JvmSample::heapAfter)
                .orElse(0L);
    }

    private static long heapAfter(GcInfo collection) {
        Map<String, MemoryUsage> after = collection.getMemoryUsageAfterGc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(pool -> after.get(pool.getName()))
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static long directNow() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** From the kernel where it tells, 0 elsewhere. */
    private static long residentNow() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long rebalancesNow() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            var name = new ObjectName("kafka.consumer:type=consumer-coordinator-metrics,*");
            double total = 0;
            for (ObjectName bean : List.copyOf(beans.queryNames(name, null))) {
                total += ((Number) beans.getAttribute(bean, "rebalance-total")).doubleValue();
            }
            return Math.round(total);
        } catch (JMException e) {
            return -1;
        }
    }
}
