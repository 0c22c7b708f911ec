package dev.pixelprobe.pipeline.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites through the command line, on a model and on images that cost nothing. */
final class SuiteCommandTest {
  @TempDir private Path dir;

  @BeforeEach
  void writeSuite() throws IOException {
    TinyModel.write(dir.resolve("model"));
    CifarFiles.write(dir.resolve("data"), 20, 12, 3);
    Files.writeString(
        dir.resolve("nightly.yaml"),
        """
        models: [$/model]
        datasets:
          - {dataset: cifar10, data: $/later}
          - {name: again, dataset: cifar10, data: $/data}
        layers: ["0,1"]
        probes:
          - name: one C
            c: 1
          - c: [1e-3, 1]
        samples: [0]
        """
            .replace("$", dir.toString()));
  }

  @Test
  void aFailedCellStopsNoOther() throws IOException {
    Outcome outcome = run("--summary", dir.resolve("summary.json").toString());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .startsWith("suite nightly: 4 cells, to " + runs() + "\n   1  model on cifar10, one C\n")
        .contains("\n2 of 4: model on cifar10, c 1e-3,1\n")
        .contains("\nsuite nightly: 2 of 4 cells done, 2 failed; --resume tries those again\n")
        .containsPattern("model on cifar10, one C +failed +" + dir + "/later/: ")
        .containsPattern(
            "model on cifar10, again, one C +done +ln_1 [01] \\d+\\.\\d\\d% \\[.*\\]  \\d{8}T\\d{6}Z-nightly-[0-9a-f]{8}\n");
    assertThat(outcome.err()).filteredOn(line -> line.startsWith("error: ")).hasSize(2);
    List<Path> folders = folders();
    assertThat(folders).hasSize(2);
    JsonNode provenance = Cli.json(folders.get(0).resolve("results.json")).get("provenance");
    assertThat(provenance.get("variant").asText()).isEqualTo("again, one C");
    assertThat(provenance.get("command").asText())
        .isEqualTo(
            "pixelprobe run --model %s/model --dataset cifar10 --data %1$s/data --layers 0,1 --c 1 --samples 0 -- --runner=DirectRunner"
                .formatted(dir));
    JsonNode summary = Cli.json(dir.resolve("summary.json"));
    assertThat(summary.get("failed").asInt()).isEqualTo(2);
    assertThat(summary.get("cells").findValuesAsText("status"))
        .containsExactly("failed", "failed", "done", "done");
    assertThat(summary.get("cells").findValuesAsText("run"))
        .containsExactlyElementsOf(
            folders.stream().map(folder -> folder.getFileName().toString()).toList());
    assertThat(summary).isEqualTo(Cli.json(journal()));
    assertCellsAreSeriesOfTheirOwn();
  }

  private void assertCellsAreSeriesOfTheirOwn() throws IOException {
    Cli.run("report", "--runs", runs(), "--out", dir.resolve("report")).assertDone();

    JsonNode latest = Cli.json(dir.resolve("report/summary.json")).get("latest");
    assertThat(latest.findValuesAsText("variant"))
        .containsExactlyInAnyOrder("again, one C", "again, c 1e-3,1");
    assertThat(latest.findValuesAsText("compared_with")).isEmpty();
  }

  @Test
  void resumingDoesWhatIsNotDone() throws IOException {
    run();
    List<Path> before = folders();
    CifarFiles.write(dir.resolve("later"), 20, 12, 3);

    Outcome resumed = run("--resume");

    assertThat(resumed.code()).isZero();
    assertThat(resumed.out())
        .contains("\n   3  model on cifar10, again, one C (done)\n")
        .doesNotContain("\n3 of 4: ")
        .contains("\nsuite nightly: 4 of 4 cells done\n");
    assertThat(folders()).hasSize(4).containsAll(before);
    run("--resume")
        .assertRefused(2, "--resume: expected an unfinished call for the suite nightly in", "done");
  }

  @Test
  void aWholeRunIsDoneThoughTheJournalDoesNotSaySo() throws IOException {
    CifarFiles.write(dir.resolve("later"), 20, 12, 3);
    run();
    List<Path> before = folders();
    JsonNode told = Cli.json(journal());
    ObjectNode untold = told.deepCopy();
    ((ObjectNode) untold.putNull("finished").get("cells").get(3))
        .put("status", "pending")
        .putNull("best");
    Files.writeString(journal(), untold.toString());

    assertThat(run("--resume").code()).isZero();

    assertThat(folders()).isEqualTo(before);
    assertThat(Cli.json(journal()).get("cells")).isEqualTo(told.get("cells"));
  }

  /** As Ctrl-C does: the process is gone in the middle of a cell. */
  @Test
  void anEndInTheMiddleLosesTheCurrentCellAlone() throws Exception {
    CifarFiles.write(dir.resolve("later"), 20, 12, 3);
    Process process =
        ChildJvm.start(
            Main.class,
            dir.resolve("log"),
            List.of(
                "run",
                "--config",
                dir.resolve("nightly.yaml").toString(),
                "--runs",
                runs().toString(),
                "--",
                "--runner=DirectRunner"));
    try {
      while (process.isAlive() && folders().isEmpty()) {
        process.waitFor(20, MILLISECONDS);
      }
      process.destroy();
      assertThat(process.waitFor(60, SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<Path> done = folders();
    assertThat(done).as(Files.readString(dir.resolve("log"))).hasSizeBetween(1, 3);

    assertThat(run("--resume").code()).isZero();
    assertThat(folders()).hasSize(4).containsAll(done);
    assertThat(Cli.run("report", "--runs", runs(), "--out", dir.resolve("report")).code()).isZero();
    assertThat(Cli.json(dir.resolve("report/summary.json")).get("unread")).isEmpty();
  }

  private Outcome run(String... flags) {
    Stream<Object> before =
        Stream.of("run", "--config", dir.resolve("nightly.yaml"), "--runs", runs());
    return Cli.run(
        Stream.of(before, Stream.of(flags), Stream.of("--", "--runner=DirectRunner"))
            .flatMap(arguments -> arguments)
            .toArray());
  }

  private Path runs() {
    return dir.resolve("runs");
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.list(runs())) {
      return files
          .filter(file -> file.toString().endsWith(".suite.json"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Runs, in the order of their results. */
  private List<Path> folders() throws IOException {
    if (!Files.exists(runs())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(runs())) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(entry -> Files.exists(entry.resolve("results.json")))
          .sorted()
          .toList();
    }
  }
}
