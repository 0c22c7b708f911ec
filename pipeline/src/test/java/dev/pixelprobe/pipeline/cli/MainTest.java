package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pixelprobe.model.Devices;
import dev.pixelprobe.model.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  @ParameterizedTest(name = "pixelprobe {0}")
  @ValueSource(
      strings = {
        "",
        "run",
        "extract",
        "probe",
        "tokenize",
        "features",
        "score",
        "model",
        "model import",
        "model inspect",
        "fetch",
        "palette",
        "palette fit",
        "doctor"
      })
  void everyCommandExplainsItself(String command) {
    Object[] arguments = (command + " --help").strip().split(" ");

    String help = Cli.run(arguments).assertDone().out();

    assertThat(help).startsWith("Usage: pixelprobe " + command).contains("--help");
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void theVersionNamesTheCommit() {
    assertThat(Cli.run("--version").assertDone().out())
        .matches("pixelprobe \\d+\\.\\d+\\.\\d+\\S* \\(commit ([0-9a-f]{40}|unknown)\\)\\R");
  }

  @Test
  void aGpuThatIsNotThereEndsARunBeforeAnyWork(@TempDir Path dir) {
    assumeThat(Devices.gpus(SessionOptions.ofThreads(1))).isEmpty();
    Path out = dir.resolve("out");

    Cli.run("run", "--device", "gpu", "--out", out).assertRefused(3, "--device gpu", "got none");

    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void aFailureIsTheUsersTheEnvironmentsOrOurs() {
    Exception users = new dev.pixelprobe.model.InvalidInputException("palette p.npy: no");
    Exception io = new NoSuchFileException("/data/x");

    assertThat(Failures.exitCode(new RuntimeException(users))).isEqualTo(2);
    assertThat(Failures.exitCode(new dev.pixelprobe.eval.InvalidInputException("no"))).isEqualTo(2);
    assertThat(Failures.exitCode(new IOException(new RuntimeException(users)))).isEqualTo(2);
    assertThat(Failures.exitCode(new RuntimeException(new SerializedThrowable(users))))
        .isEqualTo(2);
    assertThat(Failures.exitCode(new UncheckedIOException(new IOException("disk")))).isEqualTo(3);
    assertThat(Failures.exitCode(new RuntimeException(io))).isEqualTo(3);
    assertThat(Failures.exitCode(new IllegalStateException("oops"))).isEqualTo(1);
  }
}
