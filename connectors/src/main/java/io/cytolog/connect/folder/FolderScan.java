// Licensed under the Apache License, Version 2.0.
package io.cytolog.connect.folder;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Walks the tree once for image files. Links are never followed, so nothing outside the root is
 * read and no loop is walked; hidden files, hidden folders and {@code *.part} are passed over.
 */
final class FolderScan {
    /** An empty file of this name makes its folder, and all below it, urgent. */
    static final String STAT_MARKER = "priority=STAT";

    /** The most routine files that one scan takes up; the next scan takes the next. */
    static final int MOST_CANDIDATES = 10_000;

    private final Path root;
    private final PathMatcher glob;
    private final Lanes lanes;
    private final BiConsumer<Path, IOException> unreadable;

    FolderScan(Path root, String glob, Lanes lanes, BiConsumer<Path, IOException> unreadable) {
        this.root = root;
        this.glob =
                FileSystems.getDefault().getPathMatcher("glob:" + glob.toLowerCase(Locale.ROOT));
        this.lanes = lanes;
        this.unreadable = unreadable;
    }

    /** The files that {@code wanted} takes, in no certain order. */
    List<Sighting> walk(Predicate<Sighting> wanted) throws IOException {
        Visitor visitor = new Visitor(wanted);
        Files.walkFileTree(root, visitor);
        return visitor.found;
    }

    boolean takes(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.startsWith(".") && !lower.endsWith(".part") && glob.matches(Path.of(lower));
    }

    private String relative(Path path) {
        String relative = root.relativize(path).toString();
        return relative.replace(root.getFileSystem().getSeparator(), "/");
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Predicate<Sighting> wanted;
        private final List<Sighting> found = new ArrayList<>();
        private final Set<Path> urgent = new HashSet<>();

        Visitor(Predicate<Sighting> wanted) {
            this.wanted = wanted;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root) && folder.getFileName().toString().startsWith(".")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (urgent.contains(folder.getParent()) || Files.exists(folder.resolve(STAT_MARKER))) {
                urgent.add(folder);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile() || !takes(file.getFileName().toString())) {
                return FileVisitResult.CONTINUE;
            }
            String path = relative(file);
            if (lanes.hold(Sighting.folderOf(path))) {
                offer(sighting(path, attributes, urgent.contains(file.getParent())));
            }
            return FileVisitResult.CONTINUE;
        }

        private void offer(Sighting sighting) {
            // Asked even when full: the ledger notes by it that the file is still there.
            boolean take = wanted.test(sighting);
            if (take && (sighting.stat() || found.size() < MOST_CANDIDATES)) {
                found.add(sighting);
            }
        }

        private static Sighting sighting(String path, BasicFileAttributes file, boolean stat) {
            return new Sighting(path, file.size(), file.lastModifiedTime().toInstant(), stat);
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (path.equals(root)) {
                throw failure;
            }
            // A temporary file that was renamed between listing and look is nobody's failure.
            if (!(failure instanceof NoSuchFileException)) {
                unreadable.accept(path, failure);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
            urgent.remove(folder);
            if (failure != null) {
                unreadable.accept(folder, failure);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
