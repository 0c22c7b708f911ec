package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.report.history.Metric;
import dev.pixelprobe.eval.report.history.RunFiles;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Section;
import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.eval.results.RunPictures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The model as one that draws: its loss, its samples, and how far they are from real images. */
final class Generated {
  private static final String SHEET = "contact-sheet.png";
  private static final long MOST_BYTES = 8 << 20;

  private Generated() {}

  static Optional<Section> of(Results results, RunFiles files) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Generative generative = results.generative();
    if (generative != null) {
      blocks.add(loss(generative));
    }
    Results.Samples samples = results.samples();
    if (samples != null) {
      blocks.add(sheet(results.provenance().model().name(), samples, files));
      completions(results.provenance().model().name(), files).ifPresent(blocks::add);
    }
    if (!results.distances().isEmpty()) {
      blocks.addAll(distances(results.distances()));
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("generated", "The model as a generator", blocks));
  }

  private static Block loss(Generative generative) {
    return Block.Paragraph.of(
        "Test images cost %s nats per token (standard error %s), %s bits."
            .formatted(
                Numbers.decimal(generative.natsPerToken()),
                Numbers.decimal(generative.natsPerTokenStderr()),
                Numbers.decimal(generative.bitsPerToken())));
  }

  private static Block sheet(String model, Results.Samples samples, RunFiles files)
      throws IOException {
    String what =
        "%s images drawn by %s in %s"
            .formatted(Numbers.whole(samples.count()), model, Numbers.seconds(samples.seconds()));
    return files
        .png(samples.path() + "/" + SHEET, MOST_BYTES)
        .<Block>map(
            png ->
                new Block.Pictures(
                    what + "; the sheet shows the first of them.",
                    true,
                    List.of(Pngs.inline("Contact sheet of samples of " + model, png))))
        .orElseGet(
            () -> Block.Paragraph.of(what + "; there is no " + SHEET + " of at most 8 MiB."));
  }

  private static Optional<Block> completions(String model, RunFiles files) throws IOException {
    List<Block.Pair> pairs = new ArrayList<>();
    for (int k = 0; k < RunPictures.MOST_COMPLETIONS; k++) {
      Optional<byte[]> real = files.png(RunPictures.real(k), RunPictures.MOST_BYTES);
      Optional<byte[]> made = files.png(RunPictures.completion(k), RunPictures.MOST_BYTES);
      if (real.isPresent() && made.isPresent()) {
        pairs.add(
            new Block.Pair(
                Pngs.inline("Test image %d".formatted(k + 1), real.get()),
                Pngs.inline("Its upper half, completed by " + model, made.get())));
      }
    }
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Pairs(
                "Test images, and right of each what %s made of its upper half".formatted(model),
                pairs));
  }

  private static List<Block> distances(List<Distance> distances) {
    List<List<Cell>> rows =
        distances.stream()
            .map(
                distance ->
                    List.of(
                        Cell.of(Metric.label(distance.metric(), distance.extractor())),
                        Cell.of(Numbers.decimal(distance.value())),
                        Cell.of(Numbers.interval(distance.ci95())),
                        Cell.of(decimal(distance.deviation())),
                        Cell.of(whole(distance.nReal())),
                        Cell.of(whole(distance.nFake())),
                        Cell.of(Numbers.whole(distance.dim()))))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Distances from real images"));
    blocks.add(
        new Block.Table(
            "Samples beside real images",
            List.of(
                "metric (features)",
                "value",
                "95% interval",
                "deviation",
                "real",
                "samples",
                "width"),
            rows));
    List<String> warnings = distances.stream().flatMap(Generated::warnings).distinct().toList();
    if (!warnings.isEmpty()) {
      blocks.add(new Block.Heading("Warnings"));
      blocks.add(new Block.Bullets(warnings));
    }
    blocks.add(new Block.Folded("What these tell", new Block.Bullets(meanings(distances))));
    return blocks;
  }

  private static Stream<String> warnings(Distance distance) {
    return distance.warnings().stream()
        .map(warning -> Metric.label(distance.metric(), distance.extractor()) + ": " + warning);
  }

  private static List<String> meanings(List<Distance> distances) {
    return distances.stream()
        .map(distance -> Metric.of(distance.metric()))
        .filter(metric -> !metric.meaning().isEmpty())
        .map(metric -> metric.name() + ": " + metric.meaning())
        .distinct()
        .toList();
  }

  private static String whole(@Nullable Integer count) {
    return count == null ? "–" : Numbers.whole(count);
  }

  private static String decimal(@Nullable Double value) {
    return value == null ? "–" : Numbers.decimal(value);
  }
}
