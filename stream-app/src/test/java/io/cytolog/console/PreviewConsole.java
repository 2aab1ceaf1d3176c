// Licensed under the Apache License, Version 2.0.
package io.cytolog.console;

import java.nio.file.Path;

/**
 * Photographs the page with a synthetic feed, for whoever works on its looks. Arguments: folder for
 * the pictures.
 */
final class PreviewConsole {

    private static final int RESULTS = 32;

    private PreviewConsole() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (RunningConsole console = new RunningConsole();
                Browser browser = Browser.open()) {
            browser.visit(console.url("/"), 1280, 900);
            Thread.sleep(2_000);
            browser.screenshot(folder.resolve("empty.png"));
            for (int i = 0; i < RESULTS; i++) {
                tell(console, i);
                Thread.sleep(60);
            }
            Thread.sleep(2_500);
            browser.screenshot(folder.resolve("wide.png"));
            browser.script("window.scrollTo(0, 900)");
            Thread.sleep(500);
            browser.screenshot(folder.resolve("scrolled.png"));
            browser.visit(console.url("/"), 800, 1000);
            Thread.sleep(2_500);
            browser.screenshot(folder.resolve("narrow.png"));
            browser.script("window.scrollTo(0, document.body.scrollHeight)");
            Thread.sleep(500);
            browser.screenshot(folder.resolve("narrow-end.png"));
            browser.complaints().forEach(System.out::println);
        }
    }

    private static void tell(RunningConsole console, int i) {
        if (i % 11 == 7) {
            console.field(i, 9 + i % 20);
        } else if (i % 13 == 5) {
            console.withoutPicture(i);
        } else {
            console.cell(i);
        }
        if (i % 9 == 3) {
            console.rejection(i);
        }
        console.summary(i % 4);
    }
}
