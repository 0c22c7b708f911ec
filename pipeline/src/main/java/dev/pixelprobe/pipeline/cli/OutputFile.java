package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks that a command may write a file before it starts on long work. */
final class OutputFile {
  private OutputFile() {}

  /**
   * The same place, if a file can be put there; an older one will be replaced.
   *
   * @throws InvalidInputException if it is a directory
   * @throws IOException if its folder is not there, is none, or cannot be written to
   */
  static Target checked(Target out) throws IOException {
    return checked("--out", out);
  }

  /** The same for the place that another flag gives. */
  static Target checked(String flag, Target out) throws IOException {
    if (out.isCloud() ? out.isFolderInCloud() : Files.isDirectory(out.path())) {
      throw new InvalidInputException(
          "%s %s: expected a file to write, got a directory; name a file in it"
              .formatted(flag, out));
    }
    if (!out.isCloud()) {
      checkFolder(out.path().toAbsolutePath().normalize().getParent());
    }
    return out;
  }

  private static void checkFolder(@Nullable Path folder) throws IOException {
    if (folder == null || !Files.exists(folder)) {
      throw new NoSuchFileException(String.valueOf(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + ": expected a directory to write in, got a file");
    }
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }
}
