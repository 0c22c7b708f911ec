package dev.pixelprobe.eval.report.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What else a run left in its folder; nothing outside of it is read. */
public final class RunFiles {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private final Path folder;

  private RunFiles(Path folder) {
    this.folder = folder;
  }

  public static RunFiles of(Run run) throws IOException {
    return new RunFiles(run.folder().toRealPath());
  }

  /**
   * A picture.
   *
   * @param path below the run's folder
   * @return empty if there is none, or one of more than {@code mostBytes}
   */
  public Optional<byte[]> png(String path, long mostBytes) throws IOException {
    Optional<Path> file = file(path);
    if (file.isEmpty() || Files.size(file.get()) > mostBytes) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file.get());
    boolean png = bytes.length > PNG.length && Arrays.equals(PNG, Arrays.copyOf(bytes, PNG.length));
    return png ? Optional.of(bytes) : Optional.empty();
  }

  /** The first lines of a text; none if there is no such file, or one that is no text. */
  public List<String> firstLines(String path, int count) throws IOException {
    Optional<Path> file = file(path);
    if (file.isEmpty()) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file.get())) {
      return lines.limit(count).toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof MalformedInputException) {
        return List.of();
      }
      throw e.getCause();
    }
  }

  private Optional<Path> file(String path) throws IOException {
    try {
      Path file = folder.resolve(path);
      return Files.isRegularFile(file) && file.toRealPath().startsWith(folder)
          ? Optional.of(file)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
