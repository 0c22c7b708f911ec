package dev.pixelprobe.eval.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixelprobe.eval.ConfusionMatrix;
import dev.pixelprobe.eval.Folds;
import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.ProbeOutcome;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.Subject;
import dev.pixelprobe.eval.WilsonInterval;
import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir Path dir;

  @Test
  void readsBackWhatItWrote() throws IOException {
    Results results = results(probe(0, 0.5, 1.5), probe(1, 0.6, 1.2));

    JsonFile.write(file(), results);

    assertThat(JsonFile.readResults(file())).isEqualTo(results);
    assertThat(dir.toFile().list()).containsExactly("results.json");
  }

  @Test
  void theNamesAreThoseOfTheContract() throws IOException {
    JsonFile.write(file(), results(probe(4, 0.5, 1.5)));

    JsonNode json = new ObjectMapper().readTree(file().toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "schema",
            "provenance",
            "probes",
            "best_probe",
            "baselines",
            "generative",
            "timings",
            "dead_letters");
    assertThat(json.get("schema").asText()).isEqualTo("pixelprobe/results/1");
    assertThat(json.get("provenance").fieldNames())
        .toIterable()
        .containsExactly(
            "started",
            "finished",
            "version",
            "git_commit",
            "command",
            "java",
            "os",
            "cpu",
            "gpu",
            "runner",
            "parallelism",
            "seed",
            "model",
            "precision",
            "palette_digest",
            "dataset");
    assertThat(json.at("/provenance/model").toString())
        .isEqualTo("{\"name\":\"xs\",\"digest\":\"m0\",\"n_px\":16,\"n_layer\":8,\"n_embd\":192}");
    assertThat(json.at("/provenance/dataset").toString())
        .isEqualTo(
            "{\"name\":\"shapes\",\"digest\":\"d0\",\"n_train\":4000,\"n_test\":1000,"
                + "\"classes\":2,\"class_names\":[\"disc\",\"ring\"]}");
    assertThat(json.at("/probes/0").toString())
        .isEqualTo(
            "{\"layer\":4,\"features\":\"ln_1\",\"dim\":192,\"C\":0.01,\"validation_accuracy\":0.5,"
                + "\"validation_nll\":1.5,\"test_accuracy\":0.75,\"test_accuracy_ci95\":[0.7,0.8],"
                + "\"test_nll\":1.25,\"n_train\":4000,\"n_test\":4,\"iterations\":12,"
                + "\"converged\":true,\"objective\":40.5,\"confusion\":[[2,1],[0,1]],"
                + "\"folds\":{\"count\":2,\"mean\":0.75,\"standard_deviation\":0.1,"
                + "\"accuracies\":[0.7,0.8],\"C\":[0.01,0.1]}}");
    assertThat(json.at("/baselines/0/name").asText()).isEqualTo("pixels");
    assertThat(json.at("/baselines/0").has("layer")).isFalse();
    assertThat(json.get("generative").fieldNames())
        .toIterable()
        .containsExactly("nats_per_token", "nats_per_token_stderr", "bits_per_token");
    assertThat(json.get("timings").toString()).isEqualTo("{\"read\":1.5,\"extract\":0.25}");
    assertThat(json.get("dead_letters").toString())
        .isEqualTo("{\"count\":3,\"path\":\"dead-letters\"}");
  }

  @Test
  void theBestProbeIsBestOnHeldOutRowsThenSurerThenEarlier() {
    assertThat(results(probe(0, 0.5, 1), probe(1, 0.7, 2), probe(2, 0.6, 1)).bestProbe())
        .isEqualTo(probe(1, 0.7, 2));
    assertThat(results(probe(0, 0.7, 2), probe(1, 0.7, 1.5), probe(2, 0.7, 1.8)).bestProbe())
        .isEqualTo(probe(1, 0.7, 1.5));
    assertThat(results(probe(3, 0.7, 2), probe(2, 0.7, 2)).bestProbe()).isEqualTo(probe(3, 0.7, 2));
    ProbeResult several = probe(0, 0.7, 2).of(Subject.layers(List.of(2, 3), "ln_1"));
    assertThat(results(probe(2, 0.6, 2), several).bestProbe()).isEqualTo(several);
    assertThat(results().bestProbe()).isNull();
  }

  @Test
  void anOutputOfAModelWithoutLayersCanBeBest() throws IOException {
    ProbeResult output = probe(0, 0.9, 1).of(Subject.output("pooler.output"));
    Results results = results(output, probe(1, 0.8, 1));
    JsonFile.write(file(), results);

    JsonNode json = new ObjectMapper().readTree(file().toFile());
    assertThat(json.at("/best_probe").toString()).startsWith("{\"features\":\"pooler.output\",");
    assertThat(JsonFile.readResults(file()).bestProbe()).isEqualTo(output);
  }

  @Test
  void whatALaterVersionAddsIsIgnored() throws IOException {
    Results results = results(probe(0, 0.5, 1));
    JsonFile.write(file(), results);
    String text = Files.readString(file());
    Files.writeString(file(), text.replaceFirst("\\{", "{\"verdicts\": [{\"metric\": \"fid\"}],"));

    assertThat(JsonFile.readResults(file())).isEqualTo(results);
  }

  @Test
  void anotherSchemaIsRefused() throws IOException {
    Files.writeString(file(), "{\"schema\": \"pixelprobe/results/2\", \"probes\": 7}");

    assertThatThrownBy(() -> JsonFile.readResults(file()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected schema pixelprobe/results/1, got pixelprobe/results/2");
  }

  @Test
  void aDamagedFileIsRefusedInOneLine() throws IOException {
    JsonFile.write(file(), results(probe(0, 0.5, 1)));
    String text = Files.readString(file());

    for (String damaged :
        List.of(
            text.substring(0, text.length() / 2),
            text.replace("\"test_nll\"", "\"nll\""),
            text.replace("\"provenance\"", "\"origin\""),
            "[1, 2]",
            "")) {
      Files.writeString(file(), damaged);
      assertThatThrownBy(() -> JsonFile.readResults(file()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file().toString())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aNumberThatIsNotFiniteIsNamedAndNothingIsWritten() {
    Results broken = results(probe(0, 0.5, 1), probe(1, 0.4, Double.NaN));

    assertThatThrownBy(() -> JsonFile.write(file(), broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("/probes/1/validation_nll: expected a finite number, got NaN");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void natsPerTokenAreAveragedOverImages() {
    // Mean 2, sample variance (1 + 0 + 1) / 2 = 1.
    Generative generative = Generative.of(new double[] {1, 2, 3});

    assertThat(generative.natsPerToken()).isEqualTo(2);
    assertThat(generative.natsPerTokenStderr()).isCloseTo(1 / Math.sqrt(3), within(1e-15));
    assertThat(generative.bitsPerToken()).isCloseTo(2 / Math.log(2), within(1e-15));
  }

  private Path file() {
    return dir.resolve("results.json");
  }

  @Test
  void severalLayersSideBySideAreNamedAsAList() throws IOException {
    Results results = results(probe(0, 0.7, 2).of(Subject.layers(List.of(2, 3), "ln_1")));
    JsonFile.write(file(), results);

    JsonNode probe = new ObjectMapper().readTree(file().toFile()).at("/probes/0");
    assertThat(probe.toString()).startsWith("{\"layers\":[2,3],\"features\":\"ln_1\",\"dim\":192,");
    assertThat(JsonFile.readResults(file())).isEqualTo(results);
  }

  @Test
  void labelEfficiencyIsByTheContractAndReadBack() throws IOException {
    List<LabelEfficiency.Draw> draws =
        List.of(
            new LabelEfficiency.Draw(0.01, 0.5, 0.25, 1.5, 7, true),
            new LabelEfficiency.Draw(1, null, 0.75, 1.25, 9, true));
    LabelEfficiency few =
        new LabelEfficiency(null, 4, null, "ln_1", 192, 25, 2, 250, 1000, 0.5, 0.125, draws);
    Results results = results(List.of(few), probe(0, 0.7, 2));
    JsonFile.write(file(), results);

    JsonNode json = new ObjectMapper().readTree(file().toFile());
    assertThat(json.at("/label_efficiency/0").toString())
        .isEqualTo(
            "{\"layer\":4,\"features\":\"ln_1\",\"dim\":192,\"labels_per_class\":25,\"draws\":2,"
                + "\"n_train\":250,\"n_test\":1000,\"test_accuracy_mean\":0.5,"
                + "\"test_accuracy_sd\":0.125,\"per_draw\":[{\"C\":0.01,"
                + "\"cross_validation_accuracy\":0.5,\"test_accuracy\":0.25,\"test_nll\":1.5,"
                + "\"iterations\":7,\"converged\":true},{\"C\":1.0,\"test_accuracy\":0.75,"
                + "\"test_nll\":1.25,\"iterations\":9,\"converged\":true}]}");
    assertThat(JsonFile.readResults(file())).isEqualTo(results);
  }

  @Test
  void samplesAndTheirDistancesAreByTheContractAndReadBack() throws IOException {
    Distance fid =
        new Distance(
            "fid", "xs ln_1_4", 192, 1.5, null, new Interval(1, 2), 1000, 64, List.of("w"));
    Results results =
        results(probe(0, 0.7, 2)).with(new Results.Samples(64, 2.5, "samples"), List.of(fid));
    JsonFile.write(file(), results);

    JsonNode json = new ObjectMapper().readTree(file().toFile());
    assertThat(json.get("samples").toString())
        .isEqualTo("{\"count\":64,\"seconds\":2.5,\"path\":\"samples\"}");
    assertThat(json.at("/distances/0").toString())
        .isEqualTo(
            "{\"metric\":\"fid\",\"extractor\":\"xs ln_1_4\",\"dim\":192,\"value\":1.5,"
                + "\"ci95\":[1.0,2.0],\"n_real\":1000,\"n_fake\":64,\"warnings\":[\"w\"]}");
    assertThat(JsonFile.readResults(file())).isEqualTo(results);
  }

  @Test
  void aWorkersLineIsReadBack() {
    ProbeLine probe = ProbeLine.of(3, new ProbeOutcome(probe(0, 0.7, 2), List.of(1, 0)));
    assertThat(ProbeLine.parse(probe.toJson())).isEqualTo(probe);
    assertThat(probe.toJson()).doesNotContain("\n").startsWith("{\"task\":3,\"probe\":{");
    ProbeLine folds = ProbeLine.ofFolds(4, probe(0, 0.7, 2));
    assertThat(ProbeLine.parse(folds.toJson())).isEqualTo(folds);
  }

  private static Results results(ProbeResult... probes) {
    return results(List.of(), probes);
  }

  private static Results results(List<LabelEfficiency> labelEfficiency, ProbeResult... probes) {
    Map<String, Double> timings = new LinkedHashMap<>();
    timings.put("read", 1.5);
    timings.put("extract", 0.25);
    return Results.of(
        new Provenance(
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:01:00Z",
            "0.1.0",
            "abc",
            "run",
            "17",
            "Linux",
            "a CPU",
            "none",
            "FlinkRunner",
            2,
            0,
            new Provenance.Model("xs", "m0", 16, 8, 192),
            "f32",
            "p0",
            new Provenance.Dataset("shapes", "d0", 4000, 1000, 2, List.of("disc", "ring")),
            null),
        List.of(probes),
        List.of(probe(0, 0.3, 2).of(Subject.baseline("pixels"))),
        labelEfficiency,
        Generative.of(new double[] {2, 3}),
        timings,
        new Results.DeadLetters(3, "dead-letters"));
  }

  private static ProbeResult probe(int layer, double validationAccuracy, double validationNll) {
    return new ProbeResult(
        null,
        layer,
        null,
        "ln_1",
        192,
        0.01,
        validationAccuracy,
        validationNll,
        0.75,
        new WilsonInterval(0.7, 0.8),
        1.25,
        4000,
        4,
        12,
        true,
        40.5,
        ConfusionMatrix.of(new int[][] {{2, 1}, {0, 1}}),
        new Folds(2, 0.75, 0.1, List.of(0.7, 0.8), List.of(0.01, 0.1)));
  }
}
