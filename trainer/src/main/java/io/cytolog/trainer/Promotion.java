// Licensed under the Apache License, Version 2.0.
package io.cytolog.trainer;

import io.cytolog.corpus.Corpus;
import io.cytolog.corpus.CorpusException;
import io.cytolog.evaluate.Evaluation;
import io.cytolog.promote.PromotionPlan;
import io.cytolog.promote.PromotionPlan.Outcome;
import io.cytolog.release.InvalidReleaseException;
import io.cytolog.release.Release;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds a new release against the one that serves, on the same cells.
 *
 * @param cache folder that keeps the cells' pixels
 */
record Promotion(Corpus corpus, String split, Path cache, int threads) {

    /** Exit code when a plan is not met. */
    static final int NOT_MET = 3;

    /** Prints line by line what is met; the exit code. */
    int judge(PromotionPlan plan, Release serving, Release candidate, PrintStream out)
            throws CorpusException, InvalidReleaseException {
        List<Outcome> outcomes = plan.judge(evaluation(serving), evaluation(candidate));
        outcomes.forEach(
                outcome ->
                        out.println((outcome.met() ? "met      " : "NOT MET  ") + outcome.text()));
        if (!outcomes.stream().allMatch(Outcome::met)) {
            out.println("not promoted: the plan is not met");
            return NOT_MET;
        }
        out.printf(
                "the plan is met; as shadow: ./cytolog release announce --release %s --role shadow%n",
                candidate.folder());
        return 0;
    }

    private Evaluation evaluation(Release release) throws CorpusException, InvalidReleaseException {
        try (EvaluationRun run = new EvaluationRun(release, corpus, split, cache, threads)) {
            return run.evaluation();
        }
    }
}
