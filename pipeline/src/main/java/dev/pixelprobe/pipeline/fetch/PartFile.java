package dev.pixelprobe.pipeline.fetch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being downloaded, and beside it what tells whether its other half would fit: a
 * half without that is of no use.
 */
final class PartFile {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;
  private final Path note;
  private Optional<Origin> origin;

  /**
   * Where the bytes so far come from.
   *
   * @param url as asked for
   * @param validator the server's name for this version of the file: an ETag or a date
   * @param md5 of the whole file as the server told it, in hex
   */
  record Origin(String url, @Nullable String validator, @Nullable String md5) {}

  PartFile(Path file) throws IOException {
    this.file = file;
    this.note = file.resolveSibling(file.getFileName() + ".json");
    this.origin = readNote();
    if (origin.isEmpty()) {
      discard();
    }
  }

  private Optional<Origin> readNote() throws IOException {
    if (!Files.isRegularFile(file) || !Files.isRegularFile(note)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.readValue(Files.readAllBytes(note), Origin.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  Path path() {
    return file;
  }

  long length() throws IOException {
    return Files.isRegularFile(file) ? Files.size(file) : 0;
  }

  Optional<Origin> origin() {
    return origin;
  }

  /** Throws away what is there and starts on the bytes from {@code from}. */
  void restart(Origin from) throws IOException {
    discard();
    Files.write(note, MAPPER.writeValueAsBytes(from));
    Files.createFile(file);
    origin = Optional.of(from);
  }

  OutputStream append() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  void discard() throws IOException {
    Files.deleteIfExists(file);
    forget();
  }

  /** Deletes the note: the file is whole. */
  void forget() throws IOException {
    Files.deleteIfExists(note);
    origin = Optional.empty();
  }
}
