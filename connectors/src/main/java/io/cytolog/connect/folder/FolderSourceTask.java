// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import io.cytolog.connect.PluginVersion;
import io.cytolog.connect.RegistrySettings;
import io.cytolog.event.ImageCaptured;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serde.RegistryUnavailableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connect's side of the folder source. Connect's task thread owns all state; only stop() may come
 * from another.
 */
public final class FolderSourceTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSourceTask.class);

    /** Connect may ask for a stop between two polls only: an idle poll is kept short. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private final SourceCounters counters = new SourceCounters();
    private final SlideRegister slides = new SlideRegister();
    private final FirstTimes folders = new FirstTimes();
    private final FirstTimes clashes = new FirstTimes();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable EventSerdes serdes;
    private @Nullable Parts parts;
    private boolean rootMissing;

    /** For Connect. */
    public FolderSourceTask() {
        this(System::nanoTime);
    }

    FolderSourceTask(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public String version() {
        return PluginVersion.current();
    }

    @Override
    public void start(Map<String, String> props) {
        FolderSourceConfig config = new FolderSourceConfig(props);
        EventSerdes opened = RegistrySettings.serdes(config);
        serdes = opened;
        start(config, opened.serializer(config.topic()));
    }

    /** Starts with a given serializer: the part of {@link #start(Map)} that needs no registry. */
    void start(FolderSourceConfig config, Serializer<ImageCaptured> serializer) {
        Path root = config.root();
        Lanes lanes = config.lanes();
        Ledger ledger =
                new Ledger(config.rootKey(), lanes, config.millis(FolderSourceConfig.FORGET_MS));
        ledger.restore(context.offsetStorageReader().offsets(ledger.partitions()));
        counters.register(context.pluginMetrics());
        Backoff paths =
                new Backoff(
                        config.millis(FolderSourceConfig.RETRY_MS),
                        config.millis(FolderSourceConfig.RETRY_MAX_MS));
        FolderScan scan =
                new FolderScan(
                        root,
                        config.getString(FolderSourceConfig.GLOB),
                        lanes,
                        (path, failure) -> {
                            String told = path.toString();
                            unreadable(told, failure, folders.isFirst(told));
                        });
        FolderWatch watch =
                new FolderWatch(
                        scan,
                        ledger,
                        new Settling(config.millis(FolderSourceConfig.STABLE_MS)),
                        paths,
                        config.millis(FolderSourceConfig.SCAN_MS),
                        nanos);
        CaptureWriter writer = new CaptureWriter(config, root, serializer);
        parts = new Parts(config, root, config.pathRule(), ledger, watch, writer);
        LOG.info("watching folder={} knownFiles={}", root, ledger.size());
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Parts running = parts;
        if (running == null || stopping.getCount() == 0) {
            return null;
        }
        look(running);
        List<SourceRecord> records = batch(running);
        if (!records.isEmpty()) {
            return records;
        }
        Duration pause = running.config.millis(FolderSourceConfig.SCAN_MS);
        long millis = Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis());
        stopping.await(millis, TimeUnit.MILLISECONDS);
        return null;
    }

    @Override
    public void stop() {
        stopping.countDown();
        EventSerdes opened = serdes;
        if (opened != null) {
            opened.close();
        }
    }

    SourceCounters counters() {
        return counters;
    }

    private void look(Parts running) {
        try {
            running.watch.look();
            rootMissing = false;
        } catch (IOException e) {
            counters.unreadable.increment();
            if (!rootMissing) {
                LOG.warn(
                        "cannot scan folder={} reason={}; trying again",
                        running.root,
                        e.toString());
            }
            rootMissing = true;
        }
    }

    private List<SourceRecord> batch(Parts running) throws InterruptedException {
        long mostFiles = running.config.getLong(FolderSourceConfig.MAX_POLL_FILES);
        long mostBytes = running.config.getLong(FolderSourceConfig.MAX_POLL_BYTES);
        List<SourceRecord> records = new ArrayList<>();
        long bytes = 0;
        while (records.size() < mostFiles && bytes < mostBytes && stopping.getCount() > 0) {
            Optional<Sighting> next = running.watch.next();
            if (next.isEmpty()) {
                break;
            }
            bytes += next.get().size();
            try {
                record(running, next.get()).ifPresent(records::add);
            } catch (RegistryUnavailableException e) {
                running.watch.giveBack(next.get());
                if (records.isEmpty()) {
                    // Connect asks again at once.
                    stopping.await(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                    throw new RetriableException(e.getMessage(), e);
                }
                break;
            }
        }
        return records;
    }

    private Optional<SourceRecord> record(Parts running, Sighting file) {
        ReadImage image;
        try {
            long inline = running.config.getLong(FolderSourceConfig.MAX_INLINE);
            image = ReadImage.of(running.root, file, inline);
        } catch (FileChangedException | NoSuchFileException e) {
            // Still in somebody's hands; if it is there at a later scan, it settles anew.
            running.watch.changed(file);
            return Optional.empty();
        } catch (IOException e) {
            unreadable(file.path(), e, running.watch.failed(file));
            return Optional.empty();
        }
        if (running.ledger.holdsContent(file.path(), image.sha256())) {
            // Touched, not changed: the same image is not published twice.
            running.ledger.add(file, image.sha256());
            return Optional.empty();
        }
        return Optional.of(publish(running, file, image));
    }

    private SourceRecord publish(Parts running, Sighting file, ReadImage image) {
        SlideAddress placed = running.rule.place(file.path());
        SlideAddress address = running.config.qualifiedSlides() ? placed.qualified() : placed;
        byte[] value = running.writer.value(file, address, image);
        running.ledger.add(file, image.sha256());
        running.watch.published(file);
        count(running, file, address, image);
        return running.writer.record(running.ledger, file, address, value);
    }

    private void count(Parts running, Sighting file, SlideAddress address, ReadImage image) {
        counters.published.increment();
        if (image.inline().isEmpty()) {
            counters.claimChecks.increment();
        }
        long bound = running.config.getLong(FolderSourceConfig.MAX_FILE);
        if (file.size() > bound) {
            LOG.warn("path={} size={} is over max.file.bytes={}", file.path(), file.size(), bound);
        }
        if (!address.ruled()) {
            counters.unruled.increment();
            if (folders.isFirst(file.folder())) {
                LOG.warn("path={} does not fit path.rule; its case is left empty", file.path());
            }
        }
        if (slides.isAmbiguous(address)) {
            counters.ambiguousSlides.increment();
            warnOfClash(address.slide(), file.path());
        }
        LOG.trace("published path={} slideId={}", file.path(), address.slide());
    }

    private void warnOfClash(String slide, String path) {
        if (clashes.isFirst(slide)) {
            LOG.warn(
                    "slideId={} is in two cases, now path={}; set slide.id=qualified", slide, path);
        }
    }

    private void unreadable(String path, IOException failure, boolean first) {
        counters.unreadable.increment();
        if (first) {
            LOG.warn("cannot read path={} reason={}; trying again", path, failure.toString());
        }
    }

    /** What a started task works with. */
    private record Parts(
            FolderSourceConfig config,
            Path root,
            PathRule rule,
            Ledger ledger,
            FolderWatch watch,
            CaptureWriter writer) {}
}
