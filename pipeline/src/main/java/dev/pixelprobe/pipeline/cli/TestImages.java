package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.ConfusedPair;
import dev.pixelprobe.eval.ProbeOutcome;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.results.PerImageFiles;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.eval.results.RunPictures;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import dev.pixelprobe.pipeline.sample.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a run keeps of single test images: predictions, nats per token, and pictures of those that
 * the best probe took for another class. With predefined folds there is no single prediction, so
 * only the nats are kept.
 */
final class TestImages {
  private final FeatureReader features;
  private final List<ProbeOutcome> outcomes;
  private final @Nullable ProbeResult best;

  private TestImages(
      FeatureReader features, List<ProbeOutcome> outcomes, @Nullable ProbeResult best) {
    this.features = features;
    this.outcomes = outcomes;
    this.best = best;
  }

  static TestImages of(FeatureReader features, Scores scores, Results results) {
    return new TestImages(features, scores.outcomes(), results.bestProbe());
  }

  void writeTo(Path dir) throws IOException {
    if (features.manifest().scored().images() > 0) {
      writeNats(dir);
    }
    if (!outcomes.isEmpty()) {
      FeatureTable test = features.labels(Split.TEST);
      PerImageFiles.writePredictions(
          dir, test.ids(), Arrays.stream(test.labels()).boxed().toList(), outcomes);
      Optional<ProbeOutcome> chosen =
          outcomes.stream().filter(outcome -> outcome.result().equals(best)).findFirst();
      if (chosen.isPresent()) {
        writeExamples(dir, test.labels(), chosen.get());
      }
    }
  }

  private void writeNats(Path dir) throws IOException {
    FeatureTable nats = features.natsPerToken(Split.TEST);
    List<Float> values =
        IntStream.range(0, nats.rows()).mapToObj(row -> nats.values()[row]).toList();
    PerImageFiles.writeNats(dir, nats.ids(), values);
  }

  private void writeExamples(Path dir, int[] labels, ProbeOutcome outcome) throws IOException {
    List<String> names = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (ConfusedPair pair : outcome.result().confusion().mostConfused(RunPictures.MOST_PAIRS)) {
      List<Integer> found = rows(pair, labels, outcome.predicted());
      for (int k = 0; k < found.size(); k++) {
        names.add(RunPictures.example(pair, k));
        rows.add(found.get(k));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    Files.createDirectory(dir.resolve(RunPictures.EXAMPLES));
    List<RgbImage> images = features.images(Split.TEST, rows);
    for (int i = 0; i < images.size(); i++) {
      Files.write(dir.resolve(names.get(i)), Png.encode(images.get(i)));
    }
  }

  private static List<Integer> rows(ConfusedPair pair, int[] labels, List<Integer> predicted) {
    return IntStream.range(0, labels.length)
        .filter(row -> labels[row] == pair.label() && predicted.get(row) == pair.predicted())
        .limit(RunPictures.MOST_EXAMPLES)
        .boxed()
        .toList();
  }
}
