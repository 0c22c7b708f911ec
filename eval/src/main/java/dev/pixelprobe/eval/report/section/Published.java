package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Block.Tone;
import dev.pixelprobe.eval.report.page.Section;
import dev.pixelprobe.eval.report.section.PublishedResults.Result;
import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The best layer beside what others have published. */
final class Published {
  private Published() {}

  /** Empty if nothing published is known of the data set, or there is no best layer. */
  static Optional<Section> of(Results results) {
    List<Block> blocks = blocks(List.of(results));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("published", "Beside published results", blocks));
  }

  /**
   * Several models on one data set, each with what was published of it below.
   *
   * @param runs at least one, of the same data set
   */
  static List<Block> blocks(List<Results> runs) {
    Optional<PublishedResults.Dataset> known =
        PublishedResults.ALL.dataset(runs.get(0).provenance().dataset().name());
    List<Results> withBest = runs.stream().filter(run -> run.bestProbe() != null).toList();
    if (known.isEmpty() || withBest.isEmpty()) {
      return List.of();
    }
    PublishedResults.Dataset dataset = known.get();
    List<List<Cell>> rows = new ArrayList<>();
    withBest.forEach(run -> rows.add(measured(run)));
    dataset.withAllLabels().forEach(result -> rows.add(published(result, dataset.source())));
    List<String> scopes =
        withBest.stream()
            .map(run -> scope(run.provenance().dataset(), dataset))
            .distinct()
            .toList();
    return List.of(
        new Block.Bullets(scopes),
        new Block.Table(
            "Test accuracy on " + dataset.label(),
            List.of("model", "test", "what", "source"),
            rows));
  }

  private static List<Cell> measured(Results run) {
    ProbeResult best = Objects.requireNonNull(run.bestProbe());
    return List.of(
        Cell.of(run.provenance().model().name()).in(Tone.STRONG),
        Cell.of(Numbers.share(best.testAccuracy())).in(Tone.STRONG),
        Cell.of(
            "measured, best layer %s, %s"
                .formatted(
                    best.subject().label(),
                    Numbers.shares(
                        best.testAccuracyCi95().lower(), best.testAccuracyCi95().upper()))),
        Cell.of("this report").in(Tone.QUIET));
  }

  private static List<Cell> published(Result result, String source) {
    return List.of(
        Cell.of(result.model()),
        Cell.of(Numbers.share(result.accuracy())),
        Cell.of("published, linear probe"),
        Cell.of(source).in(Tone.QUIET));
  }

  private static String scope(Provenance.Dataset used, PublishedResults.Dataset whole) {
    return used.nTrain() == whole.train() && used.nTest() == whole.test()
        ? "All images of %s were used, as in the published results.".formatted(whole.label())
        : ("%s of %s training and %s of %s test images of %s were used, in the published results all:"
                + " the numbers are not alike.")
            .formatted(
                Numbers.whole(used.nTrain()),
                Numbers.whole(whole.train()),
                Numbers.whole(used.nTest()),
                Numbers.whole(whole.test()),
                whole.label());
  }
}
