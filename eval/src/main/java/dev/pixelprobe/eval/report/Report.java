package dev.pixelprobe.eval.report;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.report.change.Gate;
import dev.pixelprobe.eval.report.change.Trend;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.history.RunHistory;
import dev.pixelprobe.eval.report.page.Page.Link;
import dev.pixelprobe.eval.report.page.PageWriter;
import dev.pixelprobe.eval.report.section.IndexPage;
import dev.pixelprobe.eval.report.section.RunPage;
import dev.pixelprobe.eval.results.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All runs of a folder, compared over time. */
public final class Report {
  private static final String INDEX = "index.html";
  private static final String RUNS = "runs";

  private final RunHistory history;
  private final List<Trend> trends;
  private final RunPageNames names;
  private final Options options;

  private Report(RunHistory history, List<Trend> trends, Options options) {
    this.history = history;
    this.trends = trends;
    this.names = RunPageNames.of(history.runs());
    this.options = options;
  }

  /**
   * How to compare and what to say of it.
   *
   * @param baselines names of runs that the latest are compared with, rather than with the run
   *     before
   * @param alpha share of comparisons that may flag what is chance, above 0 and below 1; 0.05
   * @param generated when the report was made
   * @param version of pixelprobe
   */
  public record Options(
      List<String> baselines, double alpha, Gate gate, Instant generated, String version) {
    public Options {
      baselines = List.copyOf(baselines);
      if (!(alpha > 0 && alpha < 1)) {
        throw new IllegalArgumentException("alpha: expected above 0 and below 1, got " + alpha);
      }
    }
  }

  /**
   * Compares the runs.
   *
   * @throws InvalidInputException if a baseline is no run of the history
   */
  public static Report of(RunHistory history, Options options) throws IOException {
    for (String baseline : options.baselines()) {
      if (history.runs().stream().noneMatch(run -> run.name().equals(baseline))) {
        throw new InvalidInputException(
            "--baseline %s: expected the name of a run's folder, got none that could be read; the latest is %s"
                .formatted(baseline, history.runs().get(history.runs().size() - 1).name()));
      }
    }
    List<Trend> trends = new ArrayList<>();
    for (List<Run> runs : history.bySubject().values()) {
      trends.add(Trend.of(runs, options.baselines(), options.alpha()));
    }
    return new Report(history, trends, options);
  }

  /** Writes index.html, runs/*.html, summary.json and summary.md into an empty directory. */
  public void writeTo(Path dir) throws IOException {
    PageWriter writer =
        new PageWriter(
            "Made by pixelprobe %s at %s.".formatted(options.version(), options.generated()));
    writer.write(
        IndexPage.of(trends, history.unread(), run -> RUNS + "/" + names.of(run), options.alpha()),
        dir.resolve(INDEX));
    Path pages = Files.createDirectories(dir.resolve(RUNS));
    for (Trend trend : trends) {
      for (int i = 0; i < trend.runs().size(); i++) {
        Run run = trend.runs().get(i);
        writer.write(
            RunPage.of(run, trend.stepTo(run), links(trend.runs(), i)),
            pages.resolve(names.of(run)));
      }
    }
    Summary summary = summary();
    JsonFile.write(dir.resolve("summary.json"), summary);
    Files.writeString(dir.resolve("summary.md"), MarkdownSummary.of(summary));
  }

  private List<Link> links(List<Run> runs, int i) {
    List<Link> links = new ArrayList<>(List.of(new Link("All runs", "../" + INDEX)));
    if (i > 0) {
      links.add(new Link("Run before", names.of(runs.get(i - 1))));
    }
    if (i < runs.size() - 1) {
      links.add(new Link("Run after", names.of(runs.get(i + 1))));
    }
    return links;
  }

  /** What a script wants to know. */
  public Summary summary() {
    return Summary.of(history, trends, options);
  }
}
