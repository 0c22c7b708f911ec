package dev.pixelprobe.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.report.change.Gate;
import dev.pixelprobe.eval.report.history.RunHistory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  private static final FakeRun JANUARY = FakeRun.of("2026-01-01T00:00:00Z");
  private static final FakeRun FEBRUARY = FakeRun.of("2026-02-01T00:00:00Z");

  @TempDir Path dir;

  @Test
  void everyFileIsThereAndEveryLinkLeadsToOne() throws IOException {
    JANUARY.write(runs("a"));
    FEBRUARY.write(runs("b"));
    report();

    assertThat(out("index.html")).exists();
    assertThat(out("summary.json")).exists();
    assertThat(out("summary.md")).exists();
    assertThat(out("runs")).isDirectoryContaining("glob:**/a.html");
    for (Path file : pages()) {
      for (Element link : page(file).select("a[href]")) {
        String href = link.attr("href");
        if (href.startsWith("#")) {
          assertThat(page(file).getElementById(href.substring(1))).as(href).isNotNull();
        } else {
          assertThat(file.resolveSibling(href).normalize()).exists();
        }
      }
    }
  }

  @Test
  void pagesNeedNothingButThemselves() throws IOException {
    JANUARY.write(runs("a"));
    report();

    for (Path file : pages()) {
      Document page = page(file);
      assertThat(page.select("script, iframe, object, embed, link[rel=stylesheet]")).isEmpty();
      assertThat(page.select("[src]").eachAttr("src"))
          .allMatch(source -> source.startsWith("data:image/png;base64,"));
      assertThat(page.select("style").html()).doesNotContain("url(").doesNotContain("@import");
    }
  }

  @Test
  void pagesAreBuiltOfHeadingsTablesAndAlternatives() throws IOException {
    JANUARY.write(runs("a"));
    samples(runs("a"));
    FEBRUARY.withTop(0.3).write(runs("b"));
    report();

    for (Path file : pages()) {
      Document page = page(file);
      assertThat(page.select("html").attr("lang")).isEqualTo("en");
      assertThat(page.select("h1")).hasSize(1);
      assertThat(page.select("main")).hasSize(1);
      assertThat(page.select("section > h2")).hasSameSizeAs(page.select("section"));
      assertThat(page.select("table > caption")).hasSameSizeAs(page.select("table"));
      assertThat(page.select("img")).allMatch(image -> !image.attr("alt").isBlank());
      assertThat(page.select("figure.chart")).isNotEmpty();
      assertThat(page.select("figure.chart [role=img]"))
          .hasSameSizeAs(page.select("figure.chart"))
          .allMatch(chart -> !chart.attr("aria-label").isBlank());
      assertNoIdTwice(page);
    }
  }

  private static void assertNoIdTwice(Document page) {
    Set<String> ids = new HashSet<>();
    assertThat(page.select("[id]")).allMatch(element -> ids.add(element.id()));
  }

  @Test
  void aRunsPageShowsItsNumbers() throws IOException {
    Path run = JANUARY.write(runs("a"));
    samples(run);
    report();

    Document page = page(out("runs/a.html"));
    assertThat(text(page, "#layers")).contains("ln_1 4 (best) 50.00%", "pixels 35.00%");
    assertThat(text(page, "#published"))
        .contains("iGPT-L 96.30% published", "5,000 of 50,000 training")
        .doesNotContain("iGPT-S", "iGPT-M");
    assertThat(text(page, "#few-labels")).contains("40 labels", "iGPT-L, published 73.20%");
    assertThat(text(page, "#confusion")).contains("class 0 class 1");
    assertThat(page.select("table.heat td")).hasSize(100);
    assertThat(text(page, "#generated"))
        .contains("2.8000 nats per token")
        .contains("Fréchet distance (igpt-xs ln_1 4) 30.00 27.00 to 33.00")
        .contains("fewer images than features", "what the colours alone cost")
        .doesNotContain("FID (");
    assertThat(page.select("img[alt='Contact sheet of samples of igpt-xs']")).hasSize(1);
    assertThat(text(page, "#throughput")).contains("features 12.5 s 480.00");
    assertThat(text(page, "#dead-letters")).contains("2 records could not be used", "not a JPEG");
    assertThat(page.select("#provenance ~ pre, section pre").text()).contains("pixelprobe run");
    assertThat(text(page, "#provenance")).contains("0123456789abcdef", "FlinkRunner");
  }

  @Test
  void examplesOfConfusedPairsAreShownWhereTheRunKeptThem() throws IOException {
    Path run = JANUARY.write(runs("a"));
    png(Files.createDirectories(run.resolve("examples")).resolve("9-0-0.png"));
    png(run.resolve("examples/9-0-1.png"));
    png(run.resolve("examples/3-3-0.png"));
    report();

    assertThat(page(out("runs/a.html")).select("img").eachAttr("alt"))
        .containsExactly(
            "Test image of class class 9 taken for class 0",
            "Test image of class class 9 taken for class 0");
  }

  @Test
  void completionsAreShownBesideTheRealImages() throws IOException {
    Path run = JANUARY.write(runs("a"));
    Files.createDirectories(run.resolve("completions"));
    png(run.resolve("completions/real-00000.png"));
    png(run.resolve("completions/sample-00000.png"));
    png(run.resolve("completions/real-00001.png"));
    report();

    Document page = page(out("runs/a.html"));
    assertThat(page.select(".pair")).hasSize(1);
    assertThat(page.select(".pair img").eachAttr("alt"))
        .containsExactly("Test image 1", "Its upper half, completed by igpt-xs");
  }

  @Test
  void aRunHasAPageOfItsOwnThatNeedsNothingElse() throws IOException {
    Path run = JANUARY.write(runs("a"));
    samples(run);

    RunReport.write(run, "the-run");

    Document page = page(run.resolve("report.html"));
    assertThat(page.select(".lead").text()).startsWith("Run the-run of 2026-01-01");
    assertThat(text(page, "#summary"))
        .contains("`pixelprobe report` compares it with others")
        .doesNotContain("no earlier run");
    assertThat(page.select("img[alt='Contact sheet of samples of igpt-xs']")).hasSize(1);
    assertThat(page.select("a").eachAttr("href")).allMatch(href -> href.startsWith("#"));
  }

  @Test
  void manyClassesArePaintedRatherThanWritten() throws IOException {
    JANUARY.withClasses(FakeRun.names(100)).write(runs("a"));
    report();

    Document page = page(out("runs/a.html"));
    assertThat(page.select("table.heat")).isEmpty();
    assertThat(page.select("img[alt^='Confusion matrix of 100 classes']")).hasSize(1);
  }

  @Test
  void namesFromFilesNeverBecomeMarkup() throws IOException {
    FakeRun evil =
        JANUARY.withSubject(EVIL, EVIL).withCommand(EVIL).withClasses(List.of(EVIL, EVIL + 2));
    evil.write(runs("a <b> \"'&# %2e"));
    FEBRUARY.withSubject(EVIL, EVIL).withCommand(EVIL).withTop(0.2).write(runs("evil|`name`"));
    Files.createDirectories(runs("<img src=x>"));
    report();

    assertThat(pages()).hasSize(3);
    for (Path file : pages()) {
      Document page = page(file);
      assertThat(page.select("script, img, b")).isEmpty();
      assertThat(page.select("*"))
          .allMatch(
              element ->
                  element.attributes().asList().stream()
                      .noneMatch(a -> a.getKey().startsWith("on")));
      assertThat(page.text()).contains("<script>alert(1)</script>");
    }
    assertThat(Files.readString(out("summary.md"))).doesNotContain("<script", "<img");
  }

  @Test
  void unreadableFoldersAreNamed() throws IOException {
    JANUARY.write(runs("a"));
    Files.createDirectories(runs("cut/features"));
    report();

    assertThat(text(page(out("index.html")), "#unread")).contains("cut", "no results.json");
    assertThat(summary().at("/unread/0/name").asText()).isEqualTo("cut");
  }

  @Test
  void theSummaryTellsAScriptWhatRegressed() throws IOException {
    JANUARY.write(runs("a"));
    FEBRUARY.withTop(0.4).write(runs("b"));
    report();

    JsonNode summary = summary();
    assertThat(summary.get("schema").asText()).isEqualTo("pixelprobe/report/1");
    assertThat(summary.get("regressed").asBoolean()).isTrue();
    assertThat(summary.at("/latest/0/compared_with").asText()).isEqualTo("a");
    JsonNode best = summary.at("/latest/0/figures/0");
    assertThat(best.get("figure").asText()).isEqualTo("best layer");
    assertThat(best.get("verdict").asText()).isEqualTo("regression");
    assertThat(best.get("fails").asBoolean()).isTrue();
    assertThat(best.get("before").asDouble()).isEqualTo(0.5);
    assertThat(Files.readString(out("summary.md")))
        .startsWith("### pixelprobe: worse\n")
        .contains("| igpt-xs | cifar10 | best layer | 40.00% | -10.00 points | **worse** |");
    assertThat(text(page(out("index.html")), "#latest")).contains("Against a, worse: best layer");
  }

  @Test
  void fiveHundredRunsAreShown() throws IOException {
    FakeRun small = FakeRun.of("").withLayers(0).withClasses(FakeRun.names(2));
    for (int i = 0; i < 500; i++) {
      String started = Instant.parse("2026-01-01T00:00:00Z").plus(i, ChronoUnit.DAYS).toString();
      small.withStarted(started).withSubject("m", "d" + i / 250).write(runs("run-" + i));
    }

    report();

    assertThat(pages()).hasSize(501);
    Document index = page(out("index.html"));
    assertThat(index.select("summary").eachText()).contains("All 250 runs");
    assertThat(index.select("a[href$='runs/run-499.html']")).isNotEmpty();
    assertThat(Files.size(out("index.html"))).isLessThan(4 << 20);
    assertThat(summary().get("runs").asInt()).isEqualTo(500);
  }

  @Test
  void aSingleRunHasNothingToBeComparedWith() throws IOException {
    JANUARY.write(runs("a"));
    report();

    assertThat(summary().get("regressed").asBoolean()).isFalse();
    assertThat(summary().at("/latest/0").has("compared_with")).isFalse();
    assertThat(text(page(out("index.html")), "#latest")).contains("The first run.");
  }

  @Test
  void runsWhoseNamesLookAlikeHavePagesOfTheirOwn() throws IOException {
    JANUARY.write(runs("a b"));
    FEBRUARY.write(runs("a+b"));
    JANUARY.write(runs("A-b"));
    JANUARY.write(runs("x".repeat(200)));
    report();

    assertThat(pages()).hasSize(5);
  }

  @Test
  void aBaselineMustBeARun() throws IOException {
    JANUARY.write(runs("a"));
    RunHistory history = RunHistory.read(runs(""));

    assertThatThrownBy(() -> Report.of(history, options(List.of("b"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--baseline b: expected the name of a run's folder");
  }

  private void report() throws IOException {
    Files.createDirectories(out(""));
    Report.of(RunHistory.read(runs("")), options(List.of())).writeTo(out(""));
  }

  private static Report.Options options(List<String> baselines) {
    return new Report.Options(
        baselines, 0.05, Gate.STRICT, Instant.parse("2026-03-01T00:00:00Z"), "0.1.0");
  }

  private Path runs(String name) {
    return dir.resolve("in").resolve(name);
  }

  private Path out(String name) {
    return dir.resolve("out").resolve(name);
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(out(""))) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  private static Document page(Path file) throws IOException {
    return Jsoup.parse(file);
  }

  /** The text of the section under the heading of this id. */
  private static String text(Document page, String heading) {
    Element found = page.selectFirst(heading);
    assertThat(found).as(heading).isNotNull();
    Element section = found.parent();
    assertThat(section).isNotNull();
    return section.text();
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(out("summary.json").toFile());
  }

  private static void samples(Path run) throws IOException {
    png(Files.createDirectories(run.resolve("samples")).resolve("contact-sheet.png"));
    Path letters = Files.createDirectories(run.resolve("dead-letters"));
    Files.writeString(letters.resolve("dead-letters.jsonl"), "{\"reason\":\"not a JPEG\"}\n");
  }

  private static void png(Path file) throws IOException {
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
  }
}
