// Licensed under the Apache License, Version 2.0.
package io.cytolog.bench;

import io.cytolog.bank.Calibration;
import io.cytolog.bank.CellAnnotation;
import io.cytolog.bank.Finding;
import io.cytolog.bank.Matcher;
import io.cytolog.bank.Sentence;
import io.cytolog.bank.SentenceBank;
import io.cytolog.embed.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Matching of one cell against a bank: how its cost grows with the number of sentences. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatchBenchmark {

    private static final int DIMENSIONS = 256;
    private static final int FINDINGS = 16;

    @Param({"128", "1024", "8192"})
    private int sentences;

    private Matcher matcher;
    private Embedding cell;

    @Setup
    public void prepare() {
        Random random = new Random(11);
        List<Finding> findings = new ArrayList<>();
        List<Embedding> prototypes = new ArrayList<>();
        for (int i = 0; i < FINDINGS; i++) {
            findings.add(
                    new Finding("f" + i, "Finding " + i, Finding.Level.CELL, false, List.of()));
            prototypes.add(random(random));
        }
        List<Sentence> texts = new ArrayList<>();
        List<Embedding> embeddings = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            texts.add(sentence(i));
            embeddings.add(random(random));
        }
        SentenceBank bank = new SentenceBank("1", findings, texts, embeddings);
        matcher = new Matcher(bank, new Calibration(20, 0, 0, 0, 2, 0.1), prototypes);
        cell = random(random);
    }

    @Benchmark
    public CellAnnotation match() {
        return matcher.annotate(cell);
    }

    private static Sentence sentence(int i) {
        return i % 2 == 0
                ? new Sentence(
                        "s" + i, "text", Sentence.Role.FINDING, "f" + i / 2 % FINDINGS, "", "")
                : new Sentence("s" + i, "text", Sentence.Role.ATTRIBUTE, "", "a" + i % 11, "v" + i);
    }

    private static Embedding random(Random random) {
        float[] values = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Embedding.normalised(values);
    }
}
