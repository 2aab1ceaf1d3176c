// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone.command;

import io.cytolog.bank.BankEdits;
import io.cytolog.bank.RefusedEdit;
import io.cytolog.bank.SentenceBank;
import io.cytolog.bank.SentenceEdit;
import io.cytolog.decision.DecisionReader;
import io.cytolog.decision.Decisions;
import io.cytolog.serde.EventSerdes;
import io.cytolog.serving.SentenceDecision;
import io.cytolog.standalone.InvalidInputException;
import io.cytolog.standalone.ReleaseFolder;
import io.cytolog.standalone.cluster.Cluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The bank that an edit is checked against before it is published. */
final class BankOptions {

    @Option(
            names = "--release",
            paramLabel = "DIR",
            description = {
                "Release whose bank edits are checked against; the cluster checks them again against the",
                "one that answers there. Default: the one shipped."
            })
    private @Nullable Path release;

    SentenceBank bank() {
        return ReleaseFolder.read(release == null ? ReleaseFolder.shipped() : release).bank();
    }

    /** All edits made so far, in the order in which they apply. */
    static List<SentenceDecision> banked(Cluster cluster) {
        try (EventSerdes serdes = cluster.serdes()) {
            Decisions decisions =
                    DecisionReader.all(
                            cluster.client(),
                            serdes,
                            cluster.config().topics().prefix(),
                            cluster.config().release().channel());
            return decisions.timeline().sentences();
        }
    }

    /**
     * @throws InvalidInputException when the bank, as it is by now, does not take the edit
     */
    void check(Cluster cluster, SentenceEdit edit) {
        List<SentenceEdit> edits =
                new ArrayList<>(banked(cluster).stream().map(SentenceDecision::edit).toList());
        edits.add(edit);
        List<RefusedEdit> refused = BankEdits.of(bank(), edits).refused();
        if (!refused.isEmpty() && refused.getLast().position() == edits.size() - 1) {
            throw new InvalidInputException(refused.getLast().why());
        }
    }

    /** Whether there is such a sentence by now. */
    boolean has(Cluster cluster, String sentenceId) {
        List<SentenceEdit> edits =
                new ArrayList<>(banked(cluster).stream().map(SentenceDecision::edit).toList());
        return BankEdits.of(bank(), edits).has(sentenceId);
    }
}
