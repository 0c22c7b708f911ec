package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.report.change.Trend;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.history.Unread;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Page;
import dev.pixelprobe.eval.report.page.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The page over all runs. */
public final class IndexPage {
  private IndexPage() {}

  /**
   * The page.
   *
   * @param pages where each run's page is, seen from this one
   * @param alpha share of comparisons that may flag what is chance
   */
  public static Page of(
      List<Trend> trends, List<Unread> unread, Function<Run, String> pages, double alpha)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    sections.add(latest(trends, pages));
    sections.add(LatestCurves.of(trends));
    for (int i = 0; i < trends.size(); i++) {
      sections.add(TrendSection.of("trend-" + (i + 1), trends.get(i), pages));
    }
    sections.add(how(alpha));
    if (!unread.isEmpty()) {
      sections.add(unread(unread));
    }
    int runs = trends.stream().mapToInt(trend -> trend.runs().size()).sum();
    String lead =
        "%s of %s: what linear probes read from frozen image models, and what changed."
            .formatted(
                counted(runs, "run"),
                counted(trends.size(), "model and data set", "models and data sets"));
    return new Page("pixelprobe report", lead, List.of(), sections);
  }

  private static String counted(int count, String one) {
    return counted(count, one, one + "s");
  }

  private static String counted(int count, String one, String many) {
    return Numbers.whole(count) + " " + (count == 1 ? one : many);
  }

  private static Section latest(List<Trend> trends, Function<Run, String> pages) {
    return new Section(
        "latest",
        "Latest runs",
        List.of(
            new Block.Cards(
                trends.stream()
                    .map(
                        trend ->
                            Headline.card(
                                trend.last(),
                                pages.apply(trend.last()),
                                Optional.ofNullable(trend.latest())))
                    .toList())));
  }

  private static Section how(double alpha) {
    return new Section(
        "how",
        "When a change is flagged",
        List.of(
            new Block.Bullets(
                List.of(
                    ("A change is flagged if chance alone would rarely make one as large. The p-values"
                            + " of all figures of two runs are adjusted for their number (Holm), so that"
                            + " of runs that differ by chance alone at most %s are flagged.")
                        .formatted(Numbers.share(alpha)),
                    "Accuracies of runs that kept their predictions for the same test images are"
                        + " compared image by image (McNemar's exact test); others by the"
                        + " two-proportion z-test, which sees less.",
                    "Nats per token of runs that kept those of each test image are compared image by image"
                        + " (paired t-test); others by Welch's test on their standard errors.",
                    "Distances differ if their 95% intervals do not overlap; with other numbers of"
                        + " images they are not compared.",
                    "Bands and intervals of accuracies are Wilson's, at 95%. They tell what other test"
                        + " images would have given, not what another training would."))));
  }

  private static Section unread(List<Unread> unread) {
    return new Section(
        "unread",
        "Not in this report",
        List.of(
            new Block.Table(
                "Folders among the runs that could not be shown",
                List.of("folder", "what", "why"),
                unread.stream()
                    .map(
                        folder ->
                            List.of(
                                Cell.of(folder.name()),
                                Cell.of(folder.reason().label()),
                                Cell.of(folder.detail())))
                    .toList())));
  }
}
