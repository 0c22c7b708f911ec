package dev.pixelprobe.eval.report;

import dev.pixelprobe.eval.ConfusionMatrix;
import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.Subject;
import dev.pixelprobe.eval.WilsonInterval;
import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Interval;
import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run of a benchmark that never was: accuracy rises to the middle layer, where it is {@code top},
 * and falls again. Every number is a function of what the record says.
 *
 * @param top test accuracy of the middle layer
 */
public record FakeRun(
    String model,
    String dataset,
    String started,
    int layers,
    List<String> classNames,
    int nTest,
    double top,
    double nats,
    double distance,
    String command) {

  public static FakeRun of(String started) {
    return new FakeRun(
        "igpt-xs", "cifar10", started, 8, names(10), 1000, 0.5, 2.8, 30, "pixelprobe run");
  }

  public static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
  }

  public FakeRun withStarted(String other) {
    return new FakeRun(
        model, dataset, other, layers, classNames, nTest, top, nats, distance, command);
  }

  public FakeRun withTop(double other) {
    return new FakeRun(
        model, dataset, started, layers, classNames, nTest, other, nats, distance, command);
  }

  public FakeRun withNats(double other) {
    return new FakeRun(
        model, dataset, started, layers, classNames, nTest, top, other, distance, command);
  }

  public FakeRun withDistance(double other) {
    return new FakeRun(
        model, dataset, started, layers, classNames, nTest, top, nats, other, command);
  }

  public FakeRun withSubject(String otherModel, String otherDataset) {
    return new FakeRun(
        otherModel, otherDataset, started, layers, classNames, nTest, top, nats, distance, command);
  }

  public FakeRun withLayers(int other) {
    return new FakeRun(
        model, dataset, started, other, classNames, nTest, top, nats, distance, command);
  }

  public FakeRun withClasses(List<String> others) {
    return new FakeRun(
        model, dataset, started, layers, others, nTest, top, nats, distance, command);
  }

  public FakeRun withTest(int images) {
    return new FakeRun(
        model, dataset, started, layers, classNames, images, top, nats, distance, command);
  }

  public FakeRun withCommand(String other) {
    return new FakeRun(
        model, dataset, started, layers, classNames, nTest, top, nats, distance, other);
  }

  /** Writes the run's folder and returns it. */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    JsonFile.write(folder.resolve("results.json"), results());
    return folder;
  }

  public Results results() {
    List<ProbeResult> probes = new ArrayList<>();
    for (int layer = 0; layer <= layers; layer++) {
      double middle = layers / 2.0;
      double accuracy = top * (1 - 0.4 * Math.abs(layer - middle) / Math.max(1, middle));
      probes.add(probe(accuracy).of(Subject.layer(layer, "ln_1")));
    }
    return Results.of(
            provenance(),
            probes,
            List.of(
                probe(0.1).of(Subject.baseline("majority")),
                probe(0.28).of(Subject.baseline("colour_histogram")),
                probe(0.35).of(Subject.baseline("pixels"))),
            List.of(few(4, 0.18), few(25, 0.28)),
            new Generative(nats, 0.01, nats / Math.log(2)),
            Map.of("features", 12.5),
            new Results.DeadLetters(2, "dead-letters/dead-letters.jsonl"))
        .with(
            new Results.Samples(64, 3.5, "samples"),
            List.of(
                distance("fid", distance, List.of("fewer images than features")),
                distance("precision", 0.5, List.of()),
                distance("palette_floor", 3, List.of())));
  }

  private Distance distance(String metric, double value, List<String> warnings) {
    Interval interval = new Interval(0.9 * value, 1.1 * value);
    return new Distance(metric, model + " ln_1 4", 192, value, null, interval, 1000, 64, warnings);
  }

  private static LabelEfficiency few(int perClass, double accuracy) {
    List<LabelEfficiency.Draw> draws =
        List.of(new LabelEfficiency.Draw(1, null, accuracy, 2, 9, true));
    return new LabelEfficiency(
        null, 4, null, "ln_1", 192, perClass, 1, 10 * perClass, 1000, accuracy, null, draws);
  }

  private Provenance provenance() {
    return new Provenance(
        started,
        started,
        "0.1.0",
        "0123456789abcdef",
        command,
        "17",
        "Linux",
        "a CPU",
        "none",
        "FlinkRunner",
        2,
        0,
        new Provenance.Model(model, "m0", 16, layers, 192),
        "f32",
        "p0",
        new Provenance.Dataset(dataset, "d0", 5000, nTest, classNames.size(), classNames),
        null);
  }

  private ProbeResult probe(double accuracy) {
    ConfusionMatrix confusion = confusion(accuracy);
    double exact = (double) confusion.correct() / confusion.total();
    return new ProbeResult(
        null,
        null,
        null,
        null,
        192,
        0.01,
        exact,
        1.5,
        exact,
        WilsonInterval.of(exact, nTest),
        1.4,
        5000,
        nTest,
        12,
        true,
        40.5,
        confusion,
        null);
  }

  /** Wrong images are taken for the next class. */
  private ConfusionMatrix confusion(double accuracy) {
    int classes = classNames.size();
    int[][] counts = new int[classes][classes];
    long correct = Math.round(accuracy * nTest);
    for (int i = 0; i < nTest; i++) {
      int label = i % classes;
      counts[label][i < correct ? label : (label + 1) % classes]++;
    }
    return ConfusionMatrix.of(counts);
  }

  /** Writes predictions of the best layer that are right for images {@code from..to-1}. */
  public void writePredictions(Path folder, @Nullable String idPrefix, int from, int to)
      throws IOException {
    String[] columns =
        results().probes().stream().map(p -> p.subject().label()).toArray(String[]::new);
    StringBuilder csv = new StringBuilder("id,label," + String.join(",", columns) + "\n");
    for (int i = 0; i < nTest; i++) {
      int predicted = i >= from && i < to ? 1 : 0;
      csv.append("\"%s%05d, a test\",1,".formatted(idPrefix == null ? "" : idPrefix, i));
      csv.append(Arrays.stream(columns).map(c -> "" + predicted).collect(Collectors.joining(",")));
      csv.append('\n');
    }
    Files.writeString(folder.resolve("predictions.csv"), csv);
  }
}
