package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.ConfusedPair;
import dev.pixelprobe.eval.ConfusionMatrix;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.report.history.RunFiles;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Section;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.eval.results.RunPictures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which classes the best probe took for which. Example images of a pair are beside the table. */
final class Confusion {
  private static final int MOST_CLASSES = 20;

  private final ConfusionMatrix matrix;
  private final List<String> names;

  private Confusion(ConfusionMatrix matrix, @Nullable List<String> names) {
    this.matrix = matrix;
    this.names =
        names != null && names.size() == matrix.classes()
            ? names
            : IntStream.range(0, matrix.classes()).mapToObj(String::valueOf).toList();
  }

  static Optional<Section> of(Results results, RunFiles files) throws IOException {
    ProbeResult best = results.bestProbe();
    if (best == null) {
      return Optional.empty();
    }
    Confusion confusion =
        new Confusion(best.confusion(), results.provenance().dataset().classNames());
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        confusion.names.size() > MOST_CLASSES
            ? Pngs.heatMap(confusion.matrix)
            : confusion.heatMap());
    List<ConfusedPair> pairs = best.confusion().mostConfused(RunPictures.MOST_PAIRS);
    if (!pairs.isEmpty()) {
      blocks.add(confusion.table(pairs));
      for (ConfusedPair pair : pairs) {
        confusion.examples(pair, files).ifPresent(blocks::add);
      }
    }
    String title = "What " + best.subject().label() + " takes for what";
    return Optional.of(new Section("confusion", title, blocks));
  }

  private Block.HeatMap heatMap() {
    List<List<Block.Count>> rows = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      int label = k;
      rows.add(
          IntStream.range(0, names.size())
              .mapToObj(
                  l ->
                      new Block.Count(
                          matrix.count(label, l), Math.round(100 * share(label, l)), l == label))
              .toList());
    }
    return new Block.HeatMap(
        "Test images by class (rows) and by what they were taken for (columns)", names, rows);
  }

  private double share(int label, int predicted) {
    int images = IntStream.range(0, names.size()).map(l -> matrix.count(label, l)).sum();
    return images == 0 ? 0 : (double) matrix.count(label, predicted) / images;
  }

  private Block.Table table(List<ConfusedPair> pairs) {
    List<List<Cell>> rows =
        pairs.stream()
            .map(
                pair ->
                    List.of(
                        Cell.of(names.get(pair.label())),
                        Cell.of(names.get(pair.predicted())),
                        Cell.of(Numbers.whole(pair.count())),
                        Cell.of(Numbers.share(share(pair.label(), pair.predicted())))))
            .toList();
    return new Block.Table(
        "The most confused pairs", List.of("class", "taken for", "images", "of the class"), rows);
  }

  private Optional<Block> examples(ConfusedPair pair, RunFiles files) throws IOException {
    String label = names.get(pair.label());
    String predicted = names.get(pair.predicted());
    List<Block.Picture> pictures = new ArrayList<>();
    for (int k = 0; k < RunPictures.MOST_EXAMPLES; k++) {
      String path = RunPictures.example(pair, k);
      String alternative = "Test image of class %s taken for %s".formatted(label, predicted);
      files
          .png(path, RunPictures.MOST_BYTES)
          .ifPresent(png -> pictures.add(Pngs.inline(alternative, png)));
    }
    return pictures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Pictures("%s taken for %s".formatted(label, predicted), false, pictures));
  }
}
