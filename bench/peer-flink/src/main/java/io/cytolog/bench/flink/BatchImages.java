// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.flink;

import io.cytolog.bench.workload.RowSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gathers images until a batch is full or its oldest image has waited long enough, and always
 * before a checkpoint's barrier, so that nothing need be kept in state. Owned by its subtask.
 */
final class BatchImages extends AbstractStreamOperator<RawResult>
        implements OneInputStreamOperator<RawImage, RawResult> {

    private static final long serialVersionUID = 1L;
    private static final long MAX_DELAY_MILLIS = 5;

    private final String[] arguments;
    private final int batch;
    private transient Annotation annotation;
    private transient List<RawImage> waiting;
    private transient boolean timed;

    BatchImages(String[] arguments) {
        this.arguments = arguments.clone();
        this.batch = RowSettings.of(arguments).batch();
    }

    @Override
    public void open() throws Exception {
        super.open();
        annotation = new Annotation(arguments);
        waiting = new ArrayList<>(batch);
    }

    @Override
    public void processElement(StreamRecord<RawImage> element) {
        waiting.add(element.getValue());
        if (waiting.size() >= batch) {
            flush();
        } else if (!timed) {
            timed = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now + MAX_DELAY_MILLIS, this::onTimer);
        }
    }

    private void onTimer(long time) {
        timed = false;
        flush();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void finish() {
        flush();
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            annotation.of(waiting).forEach(result -> output.collect(new StreamRecord<>(result)));
            waiting.clear();
        }
    }

    @Override
    public void close() throws Exception {
        super.close();
        if (annotation != null) {
            annotation.close();
        }
    }
}
