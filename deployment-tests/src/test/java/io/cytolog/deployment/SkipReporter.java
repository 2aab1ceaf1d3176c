// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says on the console why a test did not run; Surefire only counts it. */
public final class SkipReporter implements TestExecutionListener {

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        report(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            report(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason"));
        }
    }

    private static void report(TestIdentifier test, String reason) {
        System.out.printf("skipped %s: %s%n", test.getDisplayName(), reason);
    }
}
