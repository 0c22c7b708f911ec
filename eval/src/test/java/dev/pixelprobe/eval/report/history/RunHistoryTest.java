package dev.pixelprobe.eval.report.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.report.FakeRun;
import dev.pixelprobe.eval.report.history.Unread.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  private static final String JANUARY = "2026-01-01T00:00:00Z";
  private static final String MARCH = "2026-03-01T00:00:00Z";

  @TempDir Path dir;

  @Test
  void runsComeInTheOrderOfTimeWhateverTheirNames() throws IOException {
    FakeRun.of(MARCH).write(dir.resolve("a"));
    FakeRun.of(JANUARY).write(dir.resolve("b"));

    assertThat(names(RunHistory.read(dir))).containsExactly("b", "a");
  }

  @Test
  void runsOfTheSameSecondAreTwoRunsInTheOrderOfTheirNames() throws IOException {
    FakeRun.of(JANUARY).write(dir.resolve("second"));
    FakeRun.of(JANUARY).write(dir.resolve("first"));

    assertThat(names(RunHistory.read(dir))).containsExactly("first", "second");
  }

  @Test
  void runsAreGroupedByModelAndDataSet() throws IOException {
    FakeRun.of(JANUARY).write(dir.resolve("a"));
    FakeRun.of(MARCH).write(dir.resolve("b"));
    FakeRun.of(MARCH).withSubject("igpt-s", "cifar10").write(dir.resolve("c"));

    assertThat(RunHistory.read(dir).bySubject().keySet().stream().map(Run.Subject::label))
        .containsExactly("igpt-xs on cifar10", "igpt-s on cifar10");
  }

  @Test
  void whatCannotBeReadIsNamedWithTheReason() throws IOException {
    FakeRun.of(JANUARY).write(dir.resolve("good"));
    Path newer = FakeRun.of(JANUARY).write(dir.resolve("newer"));
    edit(newer, "results/1", "results/9");
    Files.createDirectories(dir.resolve("cut/features"));
    Files.createDirectories(dir.resolve("notes"));

    List<Unread> unread = RunHistory.read(dir).unread();

    assertThat(unread)
        .extracting(Unread::name, Unread::reason)
        .containsExactly(
            tuple("cut", Reason.CUT_SHORT),
            tuple("newer", Reason.DAMAGED),
            tuple("notes", Reason.NO_RUN));
    assertThat(unread.get(1).detail())
        .startsWith("results.json: expected schema pixelprobe/results/1, got pixelprobe/results/9");
  }

  @Test
  void damagedResultsNeverStopTheReport() throws IOException {
    FakeRun.of(JANUARY).write(dir.resolve("good"));
    List<List<String>> damages =
        List.of(
            List.of("(?s)\"probes\".*", ""),
            List.of("\"started\" : \"[^\"]*\"", "\"started\" : \"yesterday\""),
            List.of("\"started\"", "\"begun\""),
            List.of("\"finished\"", "\"ended\""),
            List.of("\"test_accuracy_ci95\" : \\[[^\\]]*\\]", "\"test_accuracy_ci95\" : [0.1]"),
            List.of("\"test_accuracy\" : [0-9.]+", "\"test_accuracy\" : \"NaN\""),
            List.of("\"confusion\" : \\[ \\[[^\\]]*\\],", "\"confusion\" : ["),
            List.of("\"confusion\"", "\"muddle\""),
            List.of("\"name\" : \"cifar10\",", ""),
            List.of("\"name\" : \"igpt-xs\",", ""));
    for (int i = 0; i < damages.size(); i++) {
      Path folder = FakeRun.of(MARCH).write(dir.resolve("damaged-" + i));
      edit(folder, damages.get(i).get(0), damages.get(i).get(1));
    }

    RunHistory history = RunHistory.read(dir);

    assertThat(names(history)).containsExactly("good");
    assertThat(history.unread()).hasSize(damages.size());
    assertThat(history.unread()).allMatch(unread -> unread.detail().startsWith("results.json: "));
  }

  @Test
  void filesHiddenFoldersAndAReportAreNoRuns() throws IOException {
    FakeRun.of(JANUARY).write(dir.resolve("good"));
    FakeRun.of(JANUARY).write(dir.resolve(".good.partial-1"));
    Files.createDirectories(dir.resolve("report"));
    Files.writeString(dir.resolve("report/summary.json"), "{}");
    Files.writeString(dir.resolve("README"), "no run");

    assertThat(RunHistory.read(dir).unread()).isEmpty();
    assertThat(names(RunHistory.read(dir))).containsExactly("good");
  }

  @Test
  void withoutASingleRunThereIsNoReport() throws IOException {
    assertRefused(dir.resolve("absent"), "got nothing");
    assertRefused(dir, "got no folder in it");
    Files.createDirectories(dir.resolve("cut/features"));
    assertRefused(dir, "got 1 folders of which none could be read, first cut (no results.json");
    Files.writeString(dir.resolve("file"), "");
    assertRefused(dir.resolve("file"), "got a file");
    assertRefused(FakeRun.of(JANUARY).write(dir.resolve("run")), "got a run; name the folder");
  }

  private static void assertRefused(Path runs, String message) {
    assertThatThrownBy(() -> RunHistory.read(runs))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static void edit(Path run, String pattern, String replacement) throws IOException {
    Path file = run.resolve("results.json");
    String text = Files.readString(file);
    String edited = text.replaceAll(pattern, replacement);
    assertThat(edited).as(pattern).isNotEqualTo(text);
    Files.writeString(file, edited);
  }

  private static List<String> names(RunHistory history) {
    return history.runs().stream().map(Run::name).toList();
  }
}
