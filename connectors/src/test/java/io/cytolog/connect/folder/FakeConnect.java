// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A worker reduced to what it keeps: the offsets of records that it acknowledged. */
final class FakeConnect implements SourceTaskContext, OffsetStorageReader, PluginMetrics {
    private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
    final Map<String, MetricName> metrics = new HashMap<>();

    /** As Connect does: the latest offset of a partition replaces the one before. */
    void acknowledge(List<SourceRecord> records) {
        for (SourceRecord record : records) {
            offsets.put(record.sourcePartition(), new HashMap<>(record.sourceOffset()));
        }
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return this;
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
        return offsets.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
            Collection<Map<String, T>> partitions) {
        Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
        partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
        return found;
    }

    @Override
    public MetricName metricName(
            String name, String description, LinkedHashMap<String, String> tags) {
        return new MetricName(name, "cytolog", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> value) {
        metrics.put(name.name(), name);
    }

    @Override
    public void removeMetric(MetricName name) {
        metrics.remove(name.name());
    }

    @Override
    public Sensor addSensor(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeSensor(String name) {
        throw new UnsupportedOperationException();
    }
}
