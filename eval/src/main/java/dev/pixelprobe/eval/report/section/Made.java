package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.report.history.RunFiles;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Block.Tone;
import dev.pixelprobe.eval.report.page.Section;
import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run was made: time, records left out, provenance. */
final class Made {
  private static final int MOST_LETTERS = 10;

  private Made() {}

  static Section throughput(Results results) {
    Provenance.Dataset dataset = results.provenance().dataset();
    int images = dataset.nTrain() + dataset.nTest();
    List<List<Cell>> rows = new ArrayList<>();
    results
        .timings()
        .forEach(
            (stage, seconds) ->
                rows.add(
                    List.of(
                        Cell.of(stage),
                        Cell.of(Numbers.seconds(seconds)),
                        Cell.of(stage.equals("features") ? perSecond(images, seconds) : "–"))));
    Results.Samples samples = results.samples();
    if (samples != null) {
      rows.add(
          List.of(
              Cell.of("drawing samples"),
              Cell.of(Numbers.seconds(samples.seconds())),
              Cell.of(perSecond(samples.count(), samples.seconds()))));
    }
    return new Section(
        "throughput",
        "Time and throughput",
        List.of(
            new Block.Table(
                "Seconds of wall clock by stage; features found in the cache are only looked up",
                List.of("stage", "time", "images per second"),
                rows)));
  }

  private static String perSecond(int images, double seconds) {
    return seconds > 0 ? Numbers.decimal(images / seconds) : "–";
  }

  static Section deadLetters(Results results, RunFiles files) throws IOException {
    Results.DeadLetters letters = results.deadLetters();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        letters.count() == 0
            ? Block.Paragraph.of("Every record could be used.")
            : new Block.Paragraph(
                "%s records could not be used.".formatted(Numbers.whole(letters.count())),
                Tone.NEUTRAL));
    List<String> first =
        letters.count() == 0 || letters.path() == null
            ? List.of()
            : files.firstLines(letters.path(), MOST_LETTERS);
    if (!first.isEmpty()) {
      blocks.add(new Block.Code("The first of them", String.join("\n", first)));
    }
    return new Section("dead-letters", "Records left out", blocks);
  }

  static Section provenance(Results results) {
    Provenance provenance = results.provenance();
    Provenance.Model model = provenance.model();
    Provenance.Dataset dataset = provenance.dataset();
    List<List<Cell>> rows =
        List.of(
            row("started", provenance.started()),
            row("finished", provenance.finished()),
            row("pixelprobe", provenance.version()),
            row("commit", provenance.gitCommit()),
            row("model", model.name()),
            row("model digest", model.digest()),
            row("image side", model.nPx()),
            row("layers", model.nLayer()),
            row("width", model.nEmbd()),
            row("precision", provenance.precision()),
            row("palette digest", provenance.paletteDigest()),
            row("data set", dataset.name()),
            row("data digest", dataset.digest()),
            row("training images", Numbers.whole(dataset.nTrain())),
            row("test images", Numbers.whole(dataset.nTest())),
            row("classes", dataset.classes()),
            row("variant", provenance.variant() == null ? "none" : provenance.variant()),
            row("seed", provenance.seed()),
            row("runner", provenance.runner() + ", parallelism " + provenance.parallelism()),
            row("Java", provenance.java()),
            row("system", provenance.os()),
            row("processor", provenance.cpu()),
            row("GPU", provenance.gpu()),
            row("schema", results.schema()));
    return new Section(
        "provenance",
        "Provenance",
        List.of(
            new Block.Code("This command made it, and makes it again", provenance.command()),
            new Block.Table("What made these results", List.of("what", "value"), rows)));
  }

  private static List<Cell> row(String what, @Nullable Object value) {
    return List.of(Cell.of(what), Cell.of(value == null ? "unknown" : value.toString()));
  }
}
