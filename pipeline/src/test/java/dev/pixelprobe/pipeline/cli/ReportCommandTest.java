package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of runs in, a site and an exit code out. */
final class ReportCommandTest {
  private static final Path TEMPLATE = Path.of("src/test/resources/report/results.json");

  @TempDir Path dir;

  @BeforeEach
  void writeRuns() throws IOException {
    run("first", "2026-01-01T00:00:00Z", 90);
    run("second", "2026-02-01T00:00:00Z", 60);
    Files.createDirectories(dir.resolve("runs/cut/features"));
    Files.createDirectories(dir.resolve("none/notes"));
    Files.createDirectories(dir.resolve("full"));
    Files.writeString(dir.resolve("full/file"), "kept");
  }

  private void run(String name, String started, int percent) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("runs").resolve(name));
    String results = Files.readString(TEMPLATE).replace("STARTED", started);
    Files.writeString(folder.resolve("results.json"), results.replace("SHARE", "" + percent));
  }

  @Test
  void theReportSaysWhereItIsAndWhatGotWorse() {
    Outcome outcome = report().assertDone();

    assertThat(outcome.out())
        .contains("report: " + out().resolve("index.html"), "not in it: 1 folder");
    assertThat(outcome.err())
        .containsExactly(
            "warning: worse: igpt-xs on shapes, best layer -30.00 points; igpt-xs on shapes, ln_1 4"
                + " -30.00 points");
    assertThat(out())
        .isDirectoryContaining("glob:**/index.html")
        .isDirectoryContaining("glob:**/summary.json")
        .isDirectoryContaining("glob:**/summary.md");
    assertThat(out().resolve("runs/second.html")).exists();
  }

  @Test
  void aRegressionFailsOnlyWhereItIsAskedTo() throws IOException {
    Outcome failed = report("--fail-on-regression");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err())
        .singleElement()
        .asString()
        .startsWith("error: worse: igpt-xs on shapes");
    assertThat(out().resolve("index.html")).as("a failed gate leaves its report").exists();
    assertThat(Cli.json(out().resolve("summary.json")).get("regressed").asBoolean()).isTrue();
    report("--fail-on-regression", "--min-accuracy-drop", "31").assertDone();
  }

  @Test
  void theLatestRunCanBeHeldAgainstABaseline() throws IOException {
    run("third", "2026-03-01T00:00:00Z", 60);

    report("--fail-on-regression").assertDone();
    assertThat(report("--fail-on-regression", "--baseline", "first").code()).isEqualTo(1);
  }

  @Test
  void anOlderReportIsReplacedAndNothingElseIs() throws IOException {
    report().assertDone();
    Files.writeString(out().resolve("runs/of-the-older.html"), "");
    report().assertDone();

    assertThat(out().resolve("runs/of-the-older.html")).doesNotExist();
    assertThat(out().resolve("runs/first.html")).exists();
    assertThat(Cli.tree(dir)).noneMatch(path -> path.contains(".partial-"));
  }

  @Test
  void aReportAmongItsRunsIsNoRun() throws IOException {
    Path site = dir.resolve("runs/site");
    Cli.run("report", "--runs", dir.resolve("runs"), "--out", site).assertDone();
    Cli.run("report", "--runs", dir.resolve("runs"), "--out", site).assertDone();

    assertThat(Cli.json(site.resolve("summary.json")).get("unread")).hasSize(1);
  }

  @ParameterizedTest(name = "report {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--runs $/absent --out $/new | --runs $/absent: expected a folder of runs",
        "--runs $/none --out $/new | none could be read, first notes",
        "--runs $/full/file --out $/new | got a file",
        "--runs $/runs/first --out $/new | got a run; name the folder it lies in",
        "--runs $/runs --out $/full | expected a new or empty directory",
        "--runs $/runs --out $/full/file | got a file",
        "--runs $/runs --out $/runs | expected a new or empty directory",
        "--runs $/runs --out $/new --baseline zeroth | --baseline zeroth: expected the name",
        "--runs $/runs --out $/new --alpha 0 | --alpha: expected a number above 0 and below 1",
        "--runs $/runs --out $/new --alpha NaN | --alpha: expected a number",
        "--runs $/runs --out $/new --min-nats-rise -1 | --min-nats-rise: expected 0 or more",
        "--runs $/runs --out $/new --min-accuracy-drop x | --min-accuracy-drop",
        "--runs $/runs | --out",
      })
  void whatTheUserGotWrongIsOneLineAndLeavesNothing(String call, String says) throws IOException {
    List<String> before = Cli.tree(dir);

    Object[] arguments = ("report " + call).replace("$", dir.toString()).split(" ");
    Cli.run(arguments).assertRefused(2, says.replace("$", dir.toString()));

    assertThat(Cli.tree(dir)).isEqualTo(before);
    assertThat(dir.resolve("full/file")).hasContent("kept");
  }

  @Test
  void aReportBelowAFileCannotBeWritten() throws IOException {
    List<String> before = Cli.tree(dir);

    Cli.run("report", "--runs", dir.resolve("runs"), "--out", dir.resolve("full/file/below"))
        .assertRefused(3, "file");

    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  private Path out() {
    return dir.resolve("site");
  }

  private Outcome report(String... flags) {
    Object[] arguments = new Object[5 + flags.length];
    System.arraycopy(
        new Object[] {"report", "--runs", dir.resolve("runs"), "--out", out()}, 0, arguments, 0, 5);
    System.arraycopy(flags, 0, arguments, 5, flags.length);
    return Cli.run(arguments);
  }
}
