package org.joblifecycle.flink;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.json.NotJsonException;

/**
 * Cuts files into ranges of bytes, so that several tasks read one file. A file whose values are not in lines, or that is compressed,
 * stays whole.
 */
final class FileRanges implements FileEnumerator, Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> files; // which is serializable
    private final long size;

    /**
     * The ranges of these files.
     *
     * @param files files, and folders, whose files are in order of their names; hidden ones, which begin with . or _, do not count
     * @param size of a range, in bytes
     */
    FileRanges(List<String> files, long size) {
        this.files = new ArrayList<>(files);
        this.size = size;
    }

    /** A file as it was named. */
    record Named(String name, FileStatus status) {}

    /**
     * The files that are named, those in folders too.
     *
     * @throws IOException if one of them cannot be read; the message names it
     */
    static List<Named> list(List<String> names) throws IOException {
        List<Named> all = new ArrayList<>();
        for (String name : names) {
            try {
                Path path = path(name);
                FileStatus status = path.getFileSystem().getFileStatus(path);
                if (!status.isDir()) {
                    path.getFileSystem().open(path).close();
                }
                add(name, status, all);
            } catch (NoSuchFileException | FileNotFoundException e) {
                String reason = isDenied(e) ? "permission denied" : "there is no such file";
                throw new IOException("cannot read " + name + ": " + reason, e);
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException("cannot read " + name + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    /** The JDK says so only in the message. */
    private static boolean isDenied(IOException e) {
        return String.valueOf(e.getMessage()).endsWith("(Permission denied)");
    }

    /** Adds a file, or those in a folder. */
    private static void add(String name, FileStatus status, List<Named> all) throws IOException {
        if (!status.isDir()) {
            all.add(new Named(name, status));
            return;
        }
        for (FileStatus child : children(name, status.getPath())) {
            String last = child.getPath().getName();
            if (!last.startsWith(".") && !last.startsWith("_")) {
                add(name.endsWith("/") ? name + last : name + "/" + last, child, all);
            }
        }
    }

    private static List<FileStatus> children(String name, Path folder) throws IOException {
        FileSystem system = folder.getFileSystem();
        List<FileStatus> children = new ArrayList<>();
        if (system instanceof LocalFileSystem) {
            String[] names = new File(folder.getPath()).list();
            if (names == null) {
                throw new IOException("the folder " + name + " cannot be listed");
            }
            for (String child : names) { // Flink's own list fails where one of the names has a colon
                children.add(system.getFileStatus(Path.fromLocalFile(new File(folder.getPath(), child))));
            }
        } else {
            FileStatus[] all = system.listStatus(folder);
            children.addAll(List.of(all == null ? new FileStatus[0] : all));
        }
        children.sort(Comparator.comparing(child -> child.getPath().getName()));
        return children;
    }

    /** The path of a name: of a local file if there is one, since its name may look like a URI. */
    static Path path(String name) {
        File local = new File(name);
        boolean isLocal = !name.isEmpty() && local.exists(); // on JDK 25 an empty name is the folder of the process
        return isLocal ? Path.fromLocalFile(local) : new Path(name);
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int desired) throws IOException {
        List<FileSourceSplit> splits = new ArrayList<>();
        List<Named> all = list(files);
        if (all.size() > Place.MOST_FILES) {
            throw new IOException("there are " + all.size() + " files: expected at most " + Place.MOST_FILES);
        }
        for (int i = 0; i < all.size(); i++) {
            cut(i, all.get(i), splits);
        }
        return splits;
    }

    private void cut(int index, Named file, List<FileSourceSplit> splits) throws IOException {
        long length = file.status().getLen();
        long step = length <= size || !isCut(file) ? Math.max(1, length) : size;
        String[] hosts = hosts(file.status());
        for (long from = 0; from < Math.max(1, length); from += step) {
            splits.add(new FileSourceSplit(
                    new RangeId(index, from, file.name()).text(),
                    file.status().getPath(),
                    from,
                    Math.min(step, length - from),
                    file.status().getModificationTime(),
                    length,
                    hosts));
        }
    }

    private static boolean isCut(Named file) throws IOException {
        if (JobFileFormat.isCompressed(file.status().getPath())) {
            return false;
        }
        try (FSDataInputStream in =
                file.status().getPath().getFileSystem().open(file.status().getPath())) {
            return JobLines.isInLines(in);
        } catch (NotJsonException e) {
            return false; // whoever reads it says so
        }
    }

    private static String[] hosts(FileStatus status) throws IOException {
        BlockLocation[] blocks = status.getPath().getFileSystem().getFileBlockLocations(status, 0, status.getLen());
        return blocks == null || blocks.length == 0 ? new String[0] : blocks[0].getHosts();
    }

    /**
     * What identifies a range, and all that its reader has to know of it.
     *
     * @param index the number of the file among those that are read
     * @param from the first byte
     * @param name what the file is called
     */
    record RangeId(int index, long from, String name) {
        String text() {
            return index + ":" + from + ":" + name;
        }

        /** The range with this id. A file that was found by watching a folder has an id of Flink's, and is called by its path. */
        static RangeId of(FileSourceSplit split) {
            String[] parts = split.splitId().split(":", 3);
            if (parts.length < 3) {
                return new RangeId(0, 0, name(split.path()));
            }
            return new RangeId(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }

        private static String name(Path path) {
            return "file".equals(path.toUri().getScheme()) ? path.getPath() : path.toString();
        }
    }
}
