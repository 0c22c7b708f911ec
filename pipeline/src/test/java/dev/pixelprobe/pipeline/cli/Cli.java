package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.model.AsideDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Calls the program as a shell would, in this JVM and with a cache of its own. */
final class Cli {
  static final Path CACHE = emptyCache();

  /**
   * What a call left on the terminal.
   *
   * @param code exit code
   * @param err what went to standard error, progress excluded
   */
  record Outcome(int code, String out, List<String> err) {
    Outcome assertDone() {
      assertThat(code).as("exit code, with %s", err).isZero();
      return this;
    }

    /**
     * As the project promises: one clear line, before it what was to be said already, after it at
     * most a hint how to call it.
     */
    void assertRefused(int expectedCode, CharSequence... messageParts) {
      List<String> unsaid = err.stream().filter(line -> !isNotice(line)).toList();
      assertThat(unsaid).as("standard error").isNotEmpty();
      assertThat(unsaid.get(0)).startsWith("error: ").contains(messageParts);
      assertThat(unsaid.subList(1, unsaid.size())).allMatch(Outcome::isHint);
      assertThat(code).isEqualTo(expectedCode);
      assertThat(out).isEmpty();
    }

    private static boolean isNotice(String line) {
      return line.startsWith("warning: ") || line.contains(": found in the cache (");
    }

    private static boolean isHint(String line) {
      return line.startsWith("Possible solutions: ")
          || line.matches("Try 'pixelprobe.* --help'\\.");
    }
  }

  private Cli() {}

  static Outcome run(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, UTF_8));
      System.setErr(new PrintStream(errBytes, true, UTF_8));
      int code = Main.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
      List<String> lines =
          errBytes.toString(UTF_8).lines().filter(line -> !isProgress(line)).toList();
      return new Outcome(code, outBytes.toString(UTF_8), lines);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  static JsonNode json(Path file) throws IOException {
    return new JsonMapper().readTree(file.toFile());
  }

  /** All paths below a directory, and what is half-written in the cache of feature sets. */
  static List<String> tree(Path directory) throws IOException {
    try (Stream<Path> here = Files.walk(directory);
        Stream<Path> cached = Files.walk(Files.createDirectories(CACHE.resolve("features")))) {
      Stream<Path> partial = cached.filter(path -> path.toString().contains(".partial-"));
      return Stream.concat(here, partial).map(Path::toString).sorted().toList();
    }
  }

  private static boolean isProgress(String line) {
    return line.matches(
        "(features|probes|sample|score|fetch|palette|real|generated|resized|quantised) +(\\d+|\\? )% \\[.*");
  }

  private static Path emptyCache() {
    Path cache = Path.of("target", "test-cache").toAbsolutePath();
    try {
      AsideDirectory.delete(cache);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    System.setProperty("pixelprobe.cache", cache.toString());
    return cache;
  }
}
