package dev.pixelprobe.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.eval.ConfusedPair;
import dev.pixelprobe.eval.report.change.Gate;
import dev.pixelprobe.eval.report.history.RunHistory;
import dev.pixelprobe.eval.results.RunPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The report in headless Chromium, at the width of a phone and of a desktop. Screenshots are left
 * in target/screenshots; axe-core looks for what keeps people from reading.
 */
class BrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  @TempDir static Path dir;
  private static @Nullable Browser browser;

  @BeforeAll
  static void openBrowser() throws Exception {
    Optional<Path> chromium = Browser.installed();
    assumeTrue(chromium.isPresent(), "no chromium on the PATH: install it to look at the report");
    writeReport();
    Files.createDirectories(SCREENSHOTS);
    browser = Browser.start(chromium.orElseThrow(), Files.createDirectory(dir.resolve("profile")));
  }

  private static void writeReport() throws IOException {
    Path runs = dir.resolve("in");
    for (int week = 1; week <= 8; week++) {
      FakeRun.of("2026-01-%02dT06:00:00Z".formatted(3 * week))
          .withTop(week < 8 ? 0.5 + 0.003 * (week % 3) : 0.4)
          .withNats(week < 5 ? 2.8 : 2.7)
          .write(runs.resolve("run-" + week));
    }
    FakeRun.of("2026-02-01T06:00:00Z")
        .withSubject("a-model-of-a-long-name-" + "x".repeat(80), "cifar10")
        .withLayers(48)
        .withClasses(FakeRun.names(100))
        .write(runs.resolve("long-" + "n".repeat(120)));
    writePictures(runs.resolve("run-8"));
    RunReport.write(runs.resolve("run-8"), "run-8");
    Files.createDirectories(runs.resolve("cut/features"));
    Path out = Files.createDirectory(dir.resolve("out"));
    Report.Options options =
        new Report.Options(
            List.of(), 0.05, Gate.STRICT, Instant.parse("2026-03-01T00:00:00Z"), "0.1.0");
    Report.of(RunHistory.read(runs), options).writeTo(out);
  }

  /** All that a run may keep: examples of ten pairs, completions and a wide sheet of samples. */
  private static void writePictures(Path run) throws IOException {
    for (String folder : List.of("examples", "completions", "samples")) {
      Files.createDirectories(run.resolve(folder));
    }
    for (int k = 0; k < RunPictures.MOST_EXAMPLES; k++) {
      for (int label = 0; label < 10; label++) {
        png(run.resolve(RunPictures.example(new ConfusedPair(label, (label + 1) % 10, 1), k)), 32);
      }
      png(run.resolve(RunPictures.real(k)), 32);
      png(run.resolve(RunPictures.completion(k)), 32);
    }
    png(run.resolve("samples/contact-sheet.png"), 1200);
  }

  private static void png(Path file, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", file.toFile());
  }

  @AfterAll
  static void closeBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest(name = "{0} at {1} pixels, {2}")
  @CsvSource({
    "index, 390, light",
    "index, 390, dark",
    "index, 1280, light",
    "index, 1280, dark",
    "runs/run-8, 390, dark",
    "runs/run-8, 1280, light",
    "../in/run-8/report, 390, light",
    "../in/run-8/report, 1280, dark"
  })
  void isReadableWithoutScrollingSideways(String name, int width, String scheme) throws Exception {
    Browser chromium = opened(name, width, scheme);

    chromium.screenshot(
        SCREENSHOTS.resolve(
            "%s-%d-%s.png".formatted(name.replace("../", "").replace('/', '-'), width, scheme)));
    assertThat(chromium.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(width);
    chromium.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertThat(chromium.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(width);
    assertThat(chromium.complaints()).isEmpty();
    assertThat(violations(chromium)).isEmpty();
  }

  private static Browser opened(String name, int width, String scheme) throws Exception {
    Browser chromium = browser;
    assertThat(chromium).isNotNull();
    chromium.open(dir.resolve("out").resolve(name + ".html"), width, scheme);
    return chromium;
  }

  private static JsonNode violations(Browser chromium) throws Exception {
    try (InputStream axe = BrowserTest.class.getClassLoader().getResourceAsStream(AXE)) {
      assertThat(axe).as(AXE).isNotNull();
      chromium.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; 0");
    }
    return chromium.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'best-practice']}).then(found =>"
            + " found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3)))");
  }
}
