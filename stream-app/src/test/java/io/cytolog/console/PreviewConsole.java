// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

/**
 * Shows the page with a synthetic feed for whoever works on its looks. Arguments: port,
 * milliseconds between two results, results in all; ends when the input does.
 */
final class PreviewConsole {

    private PreviewConsole() {}

    public static void main(String[] arguments) throws Exception {
        int pause = Integer.parseInt(arguments[1]);
        int results = Integer.parseInt(arguments[2]);
        try (RunningConsole console = new RunningConsole(Integer.parseInt(arguments[0]))) {
            for (int i = 0; i < results; i++) {
                tell(console, i);
                Thread.sleep(pause);
            }
            while (System.in.read() >= 0) {}
        }
    }

    private static void tell(RunningConsole console, int i) {
        if (i % 11 == 6) {
            console.field(i, 9 + i % 20);
        } else {
            console.cell(i);
        }
        if (i % 7 == 3) {
            console.rejection(i);
        }
        console.summary(i % 4);
    }
}
