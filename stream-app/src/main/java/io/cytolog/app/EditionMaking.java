// Licensed under the Apache License, Version 2.0.
package io.cytolog.app;

import io.cytolog.bank.RefusedEdit;
import io.cytolog.batch.BatchPolicy;
import io.cytolog.cell.CellLocator;
import io.cytolog.config.AppConfig;
import io.cytolog.config.AppConfig.GateConfig;
import io.cytolog.image.ImageGate;
import io.cytolog.image.ImageLimits;
import io.cytolog.image.PixelBudget;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import io.cytolog.release.TrustedKeys;
import io.cytolog.serving.AnnouncedReleases;
import io.cytolog.serving.EditionLoader;
import io.cytolog.serving.EditionMaker;
import io.cytolog.serving.EditionPlan;
import io.cytolog.serving.ReleaseOrigin.Announced;
import io.cytolog.serving.ReleaseOrigin.Configured;
import io.cytolog.serving.SentenceDecision;
import io.cytolog.serving.ServedRelease;
import io.cytolog.serving.ServingListener;
import io.cytolog.serving.SummedQueues;
import io.cytolog.telemetry.Telemetry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes editions as configured. Used by the one thread that loads. */
final class EditionMaking implements EditionLoader {

    private static final Logger LOG = LoggerFactory.getLogger(EditionMaking.class);

    private final AppConfig config;
    private final Parts parts;
    private final SummedQueues queues;
    private final ServingListener listener;
    private final EditionMaker maker;
    private final Supplier<CellLocator> locator;

    /** One for all editions: two that serve for a while share what may be decoded. */
    private final ImageGate gate;

    private final Set<Long> told = new HashSet<>();

    EditionMaking(AppConfig config, Parts parts, Telemetry telemetry) {
        this.config = config;
        this.parts = parts;
        this.queues = new SummedQueues(telemetry.batch());
        this.listener = telemetry.serving();
        this.maker = new EditionMaker(parts.texts());
        this.locator = new Once<>(parts.locator());
        this.gate =
                new ImageGate(
                        limits(config.gate()), new PixelBudget(config.decode().maxBytes().bytes()));
    }

    @Override
    public ServedRelease load(EditionPlan plan) throws Exception {
        ServedRelease edition =
                ServedRelease.start(
                        edited(trained(plan), plan.decisions()),
                        parts.opener(),
                        policy(),
                        gate,
                        locator.get(),
                        parts.clock(),
                        queues.one());
        try {
            edition.ready().get();
            return edition;
        } catch (ExecutionException e) {
            edition.close();
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            edition.close();
            throw e;
        }
    }

    private Release trained(EditionPlan plan) throws InvalidReleaseException {
        return switch (plan.origin()) {
            case Configured configured -> parts.source().read();
            case Announced announced ->
                    new AnnouncedReleases(
                                    config.release().roots(),
                                    TrustedKeys.read(config.release().trustedKeys()))
                            .read(announced);
        };
    }

    /** Where sentences cannot be encoded at all, the release answers with its own. */
    private Release edited(Release trained, List<SentenceDecision> decisions) {
        try {
            EditionMaker.Made made =
                    maker.make(trained, decisions.stream().map(SentenceDecision::edit).toList());
            Set<Integer> refused = new HashSet<>();
            for (RefusedEdit edit : made.refused()) {
                refused.add(edit.position());
                refuse(decisions.get(edit.position()), edit.why());
            }
            for (int i = 0; i < decisions.size(); i++) {
                if (!refused.contains(i) && told.add(decisions.get(i).position())) {
                    listener.edited(true);
                }
            }
            return made.release();
        } catch (Exception e) {
            decisions.forEach(decision -> refuse(decision, String.valueOf(e.getMessage())));
            return trained;
        }
    }

    private void refuse(SentenceDecision decision, String why) {
        if (told.add(decision.position())) {
            LOG.warn(
                    "edit of a sentence is refused sentenceId={} position={} reason=\"{}\"",
                    decision.edit().sentenceId(),
                    decision.position(),
                    why);
            listener.edited(false);
        }
    }

    private BatchPolicy policy() {
        return new BatchPolicy(
                Parts.sideBySide(config),
                config.batch().maxSize(),
                config.batch().maxDelay(),
                config.batch().maxBytes().bytes(),
                // What waits must be done before a commit barrier gives up.
                config.barrier().timeout().dividedBy(2),
                config.batch().statLead());
    }

    private static ImageLimits limits(GateConfig gate) {
        return new ImageLimits(
                gate.maxBytes().bytes(),
                gate.maxSide(),
                gate.maxPixels(),
                ImageLimits.DEFAULT.minSide());
    }
}
