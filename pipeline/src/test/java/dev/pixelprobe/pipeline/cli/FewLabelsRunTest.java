package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concatenated layers and few labels, in a run and in probes of what the run extracted. */
final class FewLabelsRunTest {
  private static final List<Object> PROBES =
      List.of("--labels-per-class", "5,1", "--draws", "3", "--c", "1e-3,1");

  @TempDir static Path dir;

  private static Outcome ran;
  private static JsonNode results;

  @BeforeAll
  static void runOnce() throws IOException {
    TinyModel.write(dir.resolve("model"));
    CifarFiles.write(dir.resolve("data"), 30, 30, 3);
    List<Object> arguments = new ArrayList<>(List.of("run", "--dataset", "cifar10"));
    arguments.addAll(List.of("--data", dir.resolve("data"), "--model", dir.resolve("model")));
    arguments.addAll(List.of("--layers", "0;concat:1,2", "--features", "ln_1,h"));
    arguments.addAll(PROBES);
    arguments.addAll(List.of("--out", dir.resolve("run"), "--", "--runner=DirectRunner"));
    ran = Cli.run(arguments.toArray()).assertDone();
    results = Cli.json(dir.resolve("run/results.json"));
  }

  @Test
  void aConcatenationIsAProbeOfItsOwn() {
    assertThat(results.get("probes")).hasSize(4);
    JsonNode single = results.get("probes").get(2);
    assertThat(single.get("layer").asInt()).isZero();
    assertThat(single.has("layers")).isFalse();
    JsonNode both = results.get("probes").get(3);
    assertThat(both.has("layer")).isFalse();
    assertThat(both.get("layers").toString()).isEqualTo("[1,2]");
    assertThat(both.get("features").asText()).isEqualTo("h");
    assertThat(both.get("dim").asInt()).isEqualTo(16);
    assertThat(both.has("validation_accuracy")).isTrue();
    assertThat(results.get("best_probe")).isIn(results.get("probes"));
  }

  @Test
  void nothingIsStoredTwice() throws IOException {
    JsonNode manifest = Cli.json(dir.resolve("run/features/features.json"));

    assertThat(manifest.get("columns").findValuesAsText("name"))
        .containsExactly("ln_1_0", "ln_1_1", "ln_1_2", "h_0", "h_1", "h_2");
    assertThat(manifest.get("columns").findValuesAsText("dim")).containsOnly("8");
  }

  @Test
  void everyColumnHasEveryNumberOfLabels() {
    assertThat(results.get("label_efficiency")).hasSize(2 * (4 + 2));
    JsonNode few = results.get("label_efficiency").get(3);
    assertThat(few.get("layers").toString()).isEqualTo("[1,2]");
    assertThat(few.get("labels_per_class").asInt()).isEqualTo(5);
    assertThat(few.get("n_train").asInt()).isEqualTo(15);
    assertThat(few.get("n_test").asInt()).isEqualTo(30);
    assertThat(few.get("dim").asInt()).isEqualTo(16);
    assertThat(few.get("per_draw")).hasSize(3);
    JsonNode one = results.get("label_efficiency").get(2);
    assertThat(one.get("labels_per_class").asInt()).isEqualTo(1);
    assertThat(one.get("per_draw").get(0).get("C").asDouble()).isEqualTo(1);
    assertThat(one.get("per_draw").get(0).has("cross_validation_accuracy")).isFalse();
    assertThat(results.get("label_efficiency").get(11).get("name").asText()).isEqualTo("pixels");
  }

  @Test
  void theTablesShowBoth() {
    assertThat(ran.out().lines().toList())
        .anyMatch(line -> line.matches("ln_1 1\\+2 +1e.*#.*"))
        .anyMatch(line -> line.startsWith("best layer, chosen on held-out training images: "))
        .contains("test % with few labels, mean ± deviation of 3 draws")
        .anyMatch(line -> line.matches("labels in all +3 +15"))
        .anyMatch(line -> line.matches("ln_1 1\\+2 +\\d+\\.\\d\\d ± +\\d.*± +\\d+\\.\\d\\d"))
        .anyMatch(line -> line.matches("colour histogram +\\d+\\.\\d\\d ± .*"))
        .noneMatch(line -> line.matches("majority .*±.*"));
  }

  @Test
  void probesOfTheFeatureSetFindTheSame() throws IOException {
    Outcome again = probe("again", PROBES, "--layers", "concat:2,1", "--layers", "0").assertDone();

    JsonNode probed = Cli.json(dir.resolve("again/results.json"));
    assertThat(probed.get("probes")).isEqualTo(results.get("probes"));
    assertThat(probed.get("label_efficiency")).isEqualTo(results.get("label_efficiency"));
    assertThat(again.out()).contains("test % with few labels");
  }

  @Test
  void aSubsetOfTheLayersMayBeProbedAndNothingElseIsSaid() throws IOException {
    Outcome subset = probe("subset", List.of("--c", "1"), "--layers", "2").assertDone();

    JsonNode probed = Cli.json(dir.resolve("subset/results.json"));
    assertThat(probed.get("probes")).hasSize(2);
    assertThat(probed.has("label_efficiency")).isFalse();
    assertThat(subset.out()).doesNotContain("few labels");
  }

  @Test
  void layersThatTheFeatureSetLacksAreRefused() throws IOException {
    List<String> before = Cli.tree(dir);

    probe("refused", List.of(), "--layers", "concat:1,3")
        .assertRefused(2, "--layers", "0..2", "got 3", "extract the features again");
    probe("refused", List.of("--labels-per-class", "21"))
        .assertRefused(2, "at most 20", "class 0", "got 21");
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  private static Outcome probe(String out, List<Object> probes, Object... layers) {
    List<Object> arguments = new ArrayList<>(List.of("probe", "--out", dir.resolve(out)));
    arguments.addAll(List.of("--features-dir", dir.resolve("run/features")));
    arguments.addAll(probes);
    arguments.addAll(List.of(layers));
    arguments.addAll(List.of("--", "--runner=DirectRunner"));
    return Cli.run(arguments.toArray());
  }
}
