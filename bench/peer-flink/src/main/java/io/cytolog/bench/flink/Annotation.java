// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench.flink;

import io.cytolog.bench.workload.CapturedImage;
import io.cytolog.bench.workload.CellWorker;
import io.cytolog.bench.workload.ResultCodec;
import io.cytolog.bench.workload.RowSettings;
import io.cytolog.event.ImageAnnotated;
import io.cytolog.release.InvalidReleaseException;
import java.util.ArrayList;
import java.util.List;

/** A subtask's own worker and contracts. Owned by the thread that runs the subtask. */
final class Annotation implements AutoCloseable {

    private final ResultCodec codec;
    private final CellWorker worker;

    Annotation(String[] arguments) throws InvalidReleaseException {
        RowSettings settings = RowSettings.of(arguments);
        this.codec = new ResultCodec(settings);
        this.worker = CellWorker.open(settings.release(), settings.batch());
    }

    List<RawResult> of(List<RawImage> images) {
        List<CapturedImage> captured = new ArrayList<>(images.size());
        for (RawImage image : images) {
            captured.add(
                    codec.read(
                            image.value(), image.partition(), image.offset(), image.timestamp()));
        }
        List<ImageAnnotated> results = worker.annotate(captured);
        List<RawResult> written = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            written.add(new RawResult(images.get(i).key(), codec.write(results.get(i))));
        }
        return written;
    }

    @Override
    public void close() {
        worker.close();
        codec.close();
    }
}
