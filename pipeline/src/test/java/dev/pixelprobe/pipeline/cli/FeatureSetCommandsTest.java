package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code extract}, then {@code probe}, of files of which one was cut. */
final class FeatureSetCommandsTest {
  @TempDir static Path dir;

  @BeforeAll
  static void writeCutData() throws IOException {
    TinyModel.write(dir.resolve("model"));
    Path cut = CifarFiles.train(CifarFiles.write(dir.resolve("data"), 20, 10, 3), 2);
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void moreDeadLettersThanToleratedFailTheRun() throws IOException {
    List<String> before = Cli.tree(dir);

    Outcome outcome = extract("refused");

    outcome.assertRefused(
        2, "at most 1% of the records", "1 of 50", "data_batch_2.bin record 19", "3072");
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  @Test
  void aSetThatALaxerRunLeftInTheCacheIsHeldToTheLimitToo() throws IOException {
    extract("lax", "--max-dead-letters", "1").assertDone();
    List<String> before = Cli.tree(dir);

    extract("strict").assertRefused(2, "at most 1% of the records", "1 of 50");
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  @Test
  void withinTheLimitTheyAreListedAndCounted() throws IOException {
    Path features = dir.resolve("features");
    Path out = dir.resolve("probed");

    Outcome extracted = extract("features", "--max-dead-letters", "0.02").assertDone();
    assertThat(extracted.out())
        .isEqualTo(
            "%s: 39 training and 10 test images, 2 columns of 8, 1 dead letters%n"
                .formatted(features));

    Outcome probed =
        Cli.run(
                "probe",
                "--features-dir",
                features,
                "--c",
                "1",
                "--out",
                out,
                "--",
                "--runner=DirectRunner")
            .assertDone();
    assertThat(probed.out())
        .contains("1 records could not be used: see dead-letters/dead-letters.jsonl");
    JsonNode results = Cli.json(out.resolve("results.json"));
    assertThat(results.get("provenance").get("dataset").get("n_train").asInt()).isEqualTo(39);
    assertThat(results.get("provenance").get("runner").asText()).isEqualTo("DirectRunner");
    assertThat(results.get("probes")).hasSize(2);
    assertThat(results.get("dead_letters").get("count").asInt()).isOne();
    JsonNode letter = Cli.json(out.resolve(results.get("dead_letters").get("path").asText()));
    assertThat(letter.get("shard").asText()).isEqualTo("data_batch_2.bin");
    assertThat(letter.get("record").asInt()).isEqualTo(19);
    assertThat(letter.get("reason").asText()).contains("expected a record of 3073 bytes, got 3072");
  }

  private static Outcome extract(String out, String... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "extract",
                "--dataset",
                "cifar10",
                "--data",
                dir.resolve("data"),
                "--model",
                dir.resolve("model"),
                "--layers",
                "0,2",
                "--out",
                dir.resolve(out)));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", "--runner=DirectRunner"));
    return Cli.run(arguments.toArray());
  }
}
