package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.report.change.RunComparison;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.history.RunFiles;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Page;
import dev.pixelprobe.eval.report.page.Page.Link;
import dev.pixelprobe.eval.report.page.Section;
import dev.pixelprobe.eval.results.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything about one run. */
public final class RunPage {
  private RunPage() {}

  /**
   * The page.
   *
   * @param step the run beside the one before; empty for the first
   * @param links to other pages
   */
  public static Page of(Run run, Optional<RunComparison> step, List<Link> links)
      throws IOException {
    return of(run, step, "There is no earlier run of this model on this data set.", links);
  }

  /** The page of a run that is not seen among others. */
  public static Page alone(Run run) throws IOException {
    String without = "This page is of one run; `pixelprobe report` compares it with others.";
    return of(run, Optional.empty(), without, List.of());
  }

  private static Page of(Run run, Optional<RunComparison> step, String without, List<Link> links)
      throws IOException {
    Results results = run.results();
    RunFiles files = RunFiles.of(run);
    List<Section> sections = new ArrayList<>();
    sections.add(summary(run, step, without));
    sections.add(layers(results));
    Published.of(results).ifPresent(sections::add);
    FewLabels.of(results).ifPresent(sections::add);
    Confusion.of(results, files).ifPresent(sections::add);
    Generated.of(results, files).ifPresent(sections::add);
    sections.add(Made.throughput(results));
    sections.add(Made.deadLetters(results, files));
    sections.add(Made.provenance(results));
    String lead =
        "Run %s of %s, with %s training and %s test images."
            .formatted(
                run.name(),
                run.started(),
                Numbers.whole(results.provenance().dataset().nTrain()),
                Numbers.whole(results.provenance().dataset().nTest()));
    return new Page(run.subject().label(), lead, links, sections);
  }

  private static Section summary(Run run, Optional<RunComparison> step, String without) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Headline.of(run, step));
    step.ifPresentOrElse(
        comparison -> blocks.addAll(Changes.of(comparison)),
        () -> blocks.add(Block.Paragraph.of(without)));
    return new Section("summary", "Summary", blocks);
  }

  private static Section layers(Results results) {
    List<Block> blocks = new ArrayList<>();
    LayerCurve.Curves curves = new LayerCurve.Curves("", results.probes(), results.bestProbe());
    LayerCurve.chart(
            "Test accuracy by layer, with 95% intervals", List.of(curves), results.baselines())
        .ifPresent(blocks::add);
    if (!results.probes().isEmpty()) {
      blocks.add(ProbeTable.probes(results));
    }
    if (!results.baselines().isEmpty()) {
      blocks.add(new Block.Heading("Baselines"));
      blocks.add(ProbeTable.baselines(results));
    }
    return new Section("layers", "What a linear probe reads from each layer", blocks);
  }
}
