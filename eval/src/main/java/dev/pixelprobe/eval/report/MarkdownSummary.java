package dev.pixelprobe.eval.report;

import dev.pixelprobe.eval.report.Summary.Latest;
import dev.pixelprobe.eval.report.Summary.Line;
import dev.pixelprobe.eval.report.change.Verdict;
import dev.pixelprobe.eval.report.history.Figure;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A summary as a table for a pull request. */
final class MarkdownSummary {
  private final StringBuilder text = new StringBuilder();

  private MarkdownSummary() {}

  static String of(Summary summary) {
    MarkdownSummary markdown = new MarkdownSummary();
    markdown.write(summary);
    return markdown.text.toString();
  }

  private void write(Summary summary) {
    line("### pixelprobe: " + (summary.regressed() ? "worse" : "no regression"));
    line("");
    line("| model | data set | figure | value | change | verdict |");
    line("|---|---|---|---|---|---|");
    for (Latest latest : summary.latest()) {
      latest.figures().stream().filter(this::isShown).forEach(figure -> row(latest, figure));
    }
    List<Summary.Skipped> unread = summary.unread();
    if (!unread.isEmpty()) {
      line("");
      line("Not read:");
      line("");
      unread.forEach(
          folder -> line("- %s: %s".formatted(escaped(folder.name()), escaped(folder.detail()))));
    }
  }

  /** The headlines, and whatever changed beyond chance. */
  private boolean isShown(Line figure) {
    boolean headline =
        figure.figure().equals(Figure.Accuracy.BEST_LABEL)
            || figure.figure().equals(Figure.Nats.LABEL);
    return headline || isFlagged(figure.verdict());
  }

  private static boolean isFlagged(@Nullable String verdict) {
    return verdict != null && verdict(verdict).flagged();
  }

  private void row(Latest latest, Line figure) {
    String verdict = figure.verdict() == null ? "first run" : verdict(figure.verdict()).label();
    line(
        "| %s | %s | %s | %s | %s | %s |"
            .formatted(
                escaped(latest.model()),
                escaped(dataset(latest)),
                escaped(figure.figure()),
                figure.text(),
                figure.differenceText() == null ? "–" : figure.differenceText(),
                figure.fails() ? "**" + verdict + "**" : verdict));
  }

  private static String dataset(Latest latest) {
    return latest.variant() == null ? latest.dataset() : latest.dataset() + ", " + latest.variant();
  }

  private static Verdict verdict(String name) {
    return Verdict.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Names come from files: nothing in them may become markup, or end the cell. */
  private static String escaped(String name) {
    return name.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]|!#@~])", "\\\\$1")
        .replaceAll("\\s+", " ");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
