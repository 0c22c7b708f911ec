package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.job.FakeFlink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters that a job cannot be sent to: one line, before anything is read or written. */
final class ClusterRefusalsTest {
  @TempDir Path dir;

  private FakeFlink flink;

  @BeforeEach
  void start() throws IOException {
    flink = FakeFlink.start();
  }

  @AfterEach
  void stop() {
    flink.close();
  }

  private void assertRefused(String call, int code, CharSequence... parts) throws IOException {
    List<String> before = Cli.tree(dir);
    String typed = call.replace("$", dir.toString()) + " -- --flinkMaster=" + flink.address();

    Cli.run((Object[]) typed.split(" ", -1)).assertRefused(code, parts);

    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  @ParameterizedTest(name = "pixelprobe {0}")
  @ValueSource(
      strings = {
        "run --out $/new",
        "extract --out $/new",
        "sample --count 1 --out $/new",
        "score --dataset shapes --out $/new.json",
        "palette fit --dataset shapes --out $/new.npy"
      })
  void aClusterThatDoesNotAnswer(String call) throws IOException {
    flink.close();

    assertRefused(call, 3, "Flink cluster " + flink.address() + ": ", "no answer", "--flinkMaster");
  }

  @Test
  void aServerThatIsNotFlink() throws IOException {
    assertRefused("run --out $/new", 3, flink.address(), "something else");
  }

  @Test
  void aClusterWithoutSlots() throws IOException {
    flink.with("/overview", "{\"slots-total\": 0}");

    assertRefused("run --out $/new", 3, flink.address(), "expected task slots, got none");
  }

  @Test
  void aProgramThatIsNotPackagedHasNoJarsToSend() throws IOException {
    flink.with("/overview", "{\"slots-total\": 1}");

    assertRefused("run --out $/new", 2, "expected the packaged program", "./pixelprobe");
  }
}
