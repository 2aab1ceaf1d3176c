// Licensed under the Apache License, Version 2.0.
package io.cytolog.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The image files below a folder, or one file. A file counts by its extension alone: what is inside
 * is the gate's business, so that a bad one shows up as rejected instead of vanishing. As the
 * folder source does it, links are not followed and hidden files and folders are passed over.
 *
 * @param root the folder that paths are relative to
 * @param files in path order
 */
public record ImageFolder(Path root, List<Path> files) {

    /** Extensions that make a file an image, in lower case. */
    public static final List<String> EXTENSIONS =
            List.of("jpg", "jpeg", "png", "tif", "tiff", "bmp");

    public ImageFolder {
        files = List.copyOf(files);
    }

    /**
     * Lists a folder with all folders in it, or takes a single file whatever its extension.
     *
     * @param option name of the option that gave the path, for messages
     */
    public static ImageFolder list(String option, Path path) {
        if (Files.isRegularFile(path)) {
            Path file = path.toAbsolutePath();
            return new ImageFolder(file.getParent(), List.of(file));
        }
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException(
                    "%s=%s does not exist; give a folder of images or an image file"
                            .formatted(option, path));
        }
        try {
            Path root = path.toRealPath();
            return new ImageFolder(root, imagesBelow(root));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "%s=%s cannot be read (%s); make it readable"
                            .formatted(option, path, e.getMessage()),
                    e);
        }
    }

    /** This folder, unless it holds no image. */
    public ImageFolder nonEmpty(String option) {
        if (files.isEmpty()) {
            throw new InvalidInputException(
                    "%s=%s holds no image (%s); give a folder with at least one"
                            .formatted(option, root, String.join(", ", EXTENSIONS)));
        }
        return this;
    }

    /** This folder, unless it holds an image that may not be read and so would never come. */
    public ImageFolder readable(String option) {
        List<Path> closed = files.stream().filter(file -> !Files.isReadable(file)).toList();
        if (!closed.isEmpty()) {
            throw new InvalidInputException(
                    "%s=%s holds %d files that cannot be read, the first is %s; make them readable"
                            .formatted(option, root, closed.size(), relative(closed.getFirst())));
        }
        return this;
    }

    /** The path of a file below the root, with {@code /} on every platform. */
    public String relative(Path file) {
        return relative(root, file);
    }

    private static List<Path> imagesBelow(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            List<Path> images = new ArrayList<>(walk.filter(file -> isImage(root, file)).toList());
            images.sort(Comparator.comparing(file -> relative(root, file)));
            return images;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isImage(Path root, Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(extension)
                && !("/" + relative(root, file)).contains("/.")
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static String relative(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
