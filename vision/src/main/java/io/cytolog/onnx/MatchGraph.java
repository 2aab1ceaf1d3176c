// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.onnx.GraphBuilder.number;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cytolog.onnx.BankColumns.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * Continues an image encoder's graph with what {@code Matcher} does, so that pixels go in and a few
 * numbers a cell come out. Every step is exact and linear in the sentences; the largest value is
 * the matrix of similarities {@code [n, sentences]}. Owned by one call.
 */
final class MatchGraph {

    /** The encoder's output, which stays one. */
    static final String EMBEDDING = "embedding";

    /** Float {@code [n, scores]}: see {@link BankColumns#scores}. */
    static final String SCORES = "scores";

    /** int64 {@code [n, matches]}: columns of the best sentences. */
    static final String SENTENCES = "sentences";

    /** Matrices that the session gets beside the model, one row an embedding. */
    static final String FINDINGS = "match.findings";

    static final String PROTOTYPES = "match.prototypes";
    static final String OF_FINDINGS = "match.of-findings";
    static final String OF_ATTRIBUTES = "match.of-attributes";

    /** Stands for no sentence, below any cosine. */
    static final float NONE = -2;

    private final GraphBuilder graph;
    private final BankColumns bank;
    private final List<String> scores = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();

    private MatchGraph(GraphBuilder graph, BankColumns bank) {
        this.graph = graph;
        this.bank = bank;
    }

    /**
     * @param encoder a model with an output {@value #EMBEDDING} {@code [n, dimensions]}
     */
    static byte[] compose(byte[] encoder, BankColumns bank) throws InvalidProtocolBufferException {
        return new MatchGraph(GraphBuilder.extending(encoder, "match."), bank).composed();
    }

    private byte[] composed() {
        String findings = similarities(FINDINGS, bank.findings().size());
        scores.add(findings);
        scores.add(nearest());
        bestOfCandidate(findings);
        bestOfAttributes();
        graph.output(joined(scores), SCORES, 0, bank.scores());
        graph.output(joined(sentences), SENTENCES, DataType.INT64, 0, bank.matches());
        return graph.model();
    }

    private String similarities(String matrix, int rows) {
        graph.declared(matrix, rows, bank.findings().getFirst().dimensions());
        return graph.node("Gemm", List.of(EMBEDDING, matrix), number("transB", 1));
    }

    private String nearest() {
        return top(similarities(PROTOTYPES, bank.prototypes().size()), 1).getFirst();
    }

    private void bestOfCandidate(String findings) {
        Columns columns = bank.ofFindings();
        String lifted = graph.node("Add", List.of(findings, graph.floats(bank.offsets())));
        String candidate = graph.node("ArgMax", List.of(lifted), number("axis", 1));
        String all = similarities(OF_FINDINGS, columns.sentences().size());
        String own = graph.node("Equal", List.of(candidate, graph.longs(columns.groups())));
        String only = graph.node("Where", List.of(own, all, graph.floats(NONE)));
        take(top(only, columns.best()));
    }

    /** The best sentence, then the best of another attribute, then of a third. */
    private void bestOfAttributes() {
        Columns columns = bank.ofAttributes();
        if (columns.isEmpty()) {
            return;
        }
        String groups = graph.longs(columns.groups());
        String left = similarities(OF_ATTRIBUTES, columns.sentences().size());
        for (int round = 1; round <= columns.best(); round++) {
            List<String> best = top(left, 1);
            take(best);
            if (round < columns.best()) {
                String attribute = graph.node("Gather", List.of(groups, best.getLast()));
                String spent = graph.node("Equal", List.of(attribute, groups));
                left = graph.node("Where", List.of(spent, graph.floats(NONE), left));
            }
        }
    }

    /** Values and columns of the largest; of equal ones the first. */
    private List<String> top(String rows, int count) {
        return graph.nodes("TopK", List.of(rows, graph.longs(count)), 2);
    }

    private void take(List<String> valuesAndColumns) {
        scores.add(valuesAndColumns.getFirst());
        sentences.add(valuesAndColumns.getLast());
    }

    private String joined(List<String> parts) {
        return graph.node("Concat", parts, number("axis", 1));
    }
}
