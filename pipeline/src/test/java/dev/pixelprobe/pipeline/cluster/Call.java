package dev.pixelprobe.pipeline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A call of one of the project's scripts in a process of its own. */
final class Call {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final int MINUTES = 15;

  private final Process process;
  private final Path out;
  private final Path err;

  private Call(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * What a call left.
   *
   * @param err standard error without progress and warnings
   */
  record Outcome(int code, List<String> out, List<String> err) {
    Outcome assertDone() {
      assertThat(code).as("exit code, with %s and %s", out, err).isZero();
      return this;
    }

    void assertRefused(int expectedCode, CharSequence... parts) {
      assertThat(err).singleElement().asString().startsWith("error: ").contains(parts);
      assertThat(code).isEqualTo(expectedCode);
      assertThat(out).isEmpty();
    }
  }

  /** Starts {@code pixelprobe} with its output, its cache and its working directory in a folder. */
  static Call program(Path folder, Object... arguments) throws IOException {
    return start(folder, folder.resolve("cache").toString(), "pixelprobe", arguments);
  }

  /** The same with another cache, which may be in a bucket. */
  static Call programWithCache(String cache, Path folder, Object... arguments) throws IOException {
    return start(folder, cache, "pixelprobe", arguments);
  }

  /** Runs {@code scripts/flink-cluster.sh} to its end. */
  static Outcome kit(Path folder, Object... arguments) throws Exception {
    String cache = folder.resolve("cache").toString();
    return start(folder, cache, "scripts/flink-cluster.sh", arguments).end();
  }

  private static Call start(Path folder, String cache, String script, Object... arguments)
      throws IOException {
    Path output = Files.createTempDirectory(Files.createDirectories(folder), "call");
    List<String> command = new ArrayList<>(List.of(ROOT.resolve(script).toString()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PIXELPROBE_CACHE", cache);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("home").toString());
    builder.redirectOutput(output.resolve("out").toFile());
    builder.redirectError(output.resolve("err").toFile());
    return new Call(builder.start(), output.resolve("out"), output.resolve("err"));
  }

  Outcome end() throws Exception {
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ended; %s", lines(err)).isTrue();
    return new Outcome(
        process.exitValue(), lines(out), lines(err).stream().filter(Call::isMessage).toList());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As Ctrl-C does. */
  void interrupt() throws Exception {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  private static boolean isMessage(String line) {
    return !line.matches("(features|probes) +(\\d+|\\? )% \\[.*") && !line.startsWith("warning: ");
  }
}
