// Licensed under the Apache License, Version 2.0.
package io.cytolog.smear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command that makes the shipped sample feed again: {@code RenderFeed DIR SEED}. */
public final class RenderFeed {
    private RenderFeed() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2 || !args[1].matches("-?\\d{1,18}")) {
            System.err.println("usage: RenderFeed DIR SEED (a whole number)");
            System.exit(2);
            return;
        }
        System.setProperty("java.awt.headless", "true");
        Path root = Files.createDirectories(Path.of(args[0]));
        int images = new SampleFeed(root, Long.parseLong(args[1])).write();
        System.out.printf("%d synthetic images in %s%n", images, root);
    }
}
