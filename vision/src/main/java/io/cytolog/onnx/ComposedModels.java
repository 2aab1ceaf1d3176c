// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.release.Release;
import io.cytolog.release.ReleaseId;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Encoders joined with their banks. Sessions of one release that open one after the other share the
 * work of joining and of checking; nothing is kept from the collector. Safe for any thread.
 */
final class ComposedModels {

    /** A model and whether a session of it has reproduced the golden vectors. */
    static final class Composed {

        private final byte[] model;
        private volatile boolean checked;

        private Composed(byte[] model) {
            this.model = model;
        }

        byte[] model() {
            return model;
        }

        boolean checked() {
            return checked;
        }

        /** A session of it has reproduced the golden vectors. */
        void check() {
            checked = true;
        }
    }

    private record Made(ReleaseId release, String bankVersion, WeakReference<Composed> model) {}

    private Optional<Made> last = Optional.empty();

    /** The model of a release's edition. */
    synchronized Composed of(Release release) throws IOException {
        Optional<Composed> known =
                last.filter(made -> made.release().equals(release.id()))
                        .filter(made -> made.bankVersion().equals(release.bank().version()))
                        .map(made -> made.model().get());
        if (known.isPresent()) {
            return known.get();
        }
        byte[] encoder = Files.readAllBytes(release.imageEncoder());
        Composed model = new Composed(compose(encoder, BankColumns.of(release.matcher())));
        last =
                Optional.of(
                        new Made(
                                release.id(),
                                release.bank().version(),
                                new WeakReference<>(model)));
        return model;
    }

    static byte[] compose(byte[] encoder, BankColumns bank) throws InvalidProtocolBufferException {
        return MatchGraph.compose(EncoderRewrite.apply(encoder), bank);
    }
}
