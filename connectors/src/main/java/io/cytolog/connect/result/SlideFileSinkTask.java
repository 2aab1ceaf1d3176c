// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.result;

import io.cytolog.connect.PluginVersion;
import io.cytolog.connect.RegistrySettings;
import io.cytolog.connect.hl7.SummaryMessage;
import io.cytolog.event.SlideSummarised;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.RegistryUnavailableException;
import io.cytolog.topic.Topics;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connect's side of the file sink. Connect's task thread owns all state. */
public final class SlideFileSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(SlideFileSinkTask.class);

    private @Nullable EventSerdes serdes;
    private @Nullable SummaryMessage message;
    private @Nullable ResultFolder folder;
    private @Nullable Deserializer<SlideSummarised> deserializer;

    @Override
    public String version() {
        return PluginVersion.current();
    }

    @Override
    public void start(Map<String, String> props) {
        SlideFileSinkConfig config = new SlideFileSinkConfig(props);
        EventSerdes opened = RegistrySettings.serdes(config);
        serdes = opened;
        start(config, opened.deserializer(Topics.SLIDES_SUMMARISED));
    }

    /** Starts with a given deserializer: the part of {@link #start(Map)} that needs no registry. */
    void start(SlideFileSinkConfig config, Deserializer<SlideSummarised> reader) {
        SummaryMessage writer = new SummaryMessage(config.parties());
        message = writer;
        deserializer = reader;
        try {
            folder = new ResultFolder(config.out(), writer);
        } catch (IOException e) {
            throw new ConnectException(
                    "%s=%s cannot be made or written (%s); correct the path or its rights"
                            .formatted(SlideFileSinkConfig.OUT, config.out(), e),
                    e);
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        // A slide that is summarised again within the batch is written once.
        Map<String, SlideSummarised> newest = new LinkedHashMap<>();
        for (SinkRecord record : records) {
            SlideSummarised summary = read(record);
            if (summary != null) {
                newest.merge(summary.getSlide(), summary, SlideFileSinkTask::newer);
            }
        }
        newest.values().forEach(this::write);
    }

    @Override
    public void stop() {
        if (message != null) {
            message.close();
        }
        if (serdes != null) {
            serdes.close();
        }
    }

    private static SlideSummarised newer(SlideSummarised one, SlideSummarised two) {
        return SummaryVersion.of(one).compareTo(SummaryVersion.of(two)) > 0 ? one : two;
    }

    private @Nullable SlideSummarised read(SinkRecord record) {
        if (record.value() == null) {
            return null;
        }
        if (!(record.value() instanceof byte[] bytes)) {
            throw new ConnectException(
                    """
                    value of %s is %s, not bytes; \
                    set value.converter=org.apache.kafka.connect.converters.ByteArrayConverter\
                    """
                            .formatted(record.topic(), record.value().getClass().getSimpleName()));
        }
        try {
            return deserializer.deserialize(record.topic(), bytes);
        } catch (RegistryUnavailableException e) {
            throw new RetriableException(e.getMessage(), e);
        } catch (SerializationException e) {
            setAside(record, e);
            return null;
        }
    }

    /**
     * To Connect's dead letters where they are configured; otherwise the task stops, losing
     * nothing.
     */
    private void setAside(SinkRecord record, SerializationException why) {
        ErrantRecordReporter reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw new DataException(
                    "topic=%s partition=%d offset=%d: %s"
                            .formatted(
                                    record.topic(),
                                    record.kafkaPartition(),
                                    record.kafkaOffset(),
                                    why.getMessage()),
                    why);
        }
        reporter.report(record, why);
    }

    private void write(SlideSummarised summary) {
        try {
            boolean written = folder.write(summary);
            LOG.trace(
                    "slideId={} revision={} written={}",
                    summary.getSlide(),
                    summary.getRevision(),
                    written);
        } catch (IOException e) {
            throw new RetriableException(
                    "slide %s was not written (%s); trying again".formatted(summary.getSlide(), e),
                    e);
        }
    }
}
