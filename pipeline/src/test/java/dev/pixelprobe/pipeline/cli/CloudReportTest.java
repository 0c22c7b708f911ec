package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.storage.standin.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report in Cloud Storage: whole at any moment, the one before until the new one is there. */
@Tag("slow")
final class CloudReportTest {
  private static final Path TEMPLATE = Path.of("src/test/resources/report/results.json");

  /** Two runs' pages and two summaries, the pages' index, and the small one that decides. */
  private static final int UPLOADS = 6;

  @TempDir Path dir;
  private Cloud cloud;

  @BeforeEach
  void reportOnce() throws IOException {
    cloud = Cloud.start();
    putRun("first", "2026-01-01T00:00:00Z", 60);
    cloud.standIn().put(Cloud.BUCKET, "runs/first/features/part.parquet", new byte[9]);
    cloud.standIn().put(Cloud.BUCKET, "runs/cut/run.log", new byte[9]);
    report().assertDone();
    putRun("second", "2026-02-01T00:00:00Z", 90);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private void putRun(String name, String started, int percent) throws IOException {
    String results = Files.readString(TEMPLATE).replace("STARTED", started);
    cloud
        .standIn()
        .put(
            Cloud.BUCKET,
            "runs/" + name + "/results.json",
            results.replace("SHARE", "" + percent).getBytes(UTF_8));
  }

  private Cli.Outcome report() {
    return cloud.run("report", "--runs", Cloud.uri("runs"), "--out", Cloud.uri("report"));
  }

  private Map<String, String> published() {
    Map<String, String> objects = new HashMap<>();
    cloud
        .below("report")
        .forEach(name -> objects.put(name, new String(cloud.get("report/" + name), UTF_8)));
    return objects;
  }

  /** The folder that the index leads to. */
  private static String current(Map<String, String> published) {
    return published.getOrDefault("index.html", "").replaceAll("(?s).*?url=([^/]+)/.*", "$1");
  }

  @Test
  void theIndexLeadsToAllPagesOfOneVersion() {
    Map<String, String> published = published();
    String version = current(published);
    assertThat(published)
        .containsOnlyKeys(
            "index.html",
            version + "/index.html",
            version + "/runs/first.html",
            version + "/summary.json",
            version + "/summary.md");
    assertThat(published.get(version + "/index.html")).contains("runs/first.html", "cut");
  }

  @Test
  void aNewReportTakesThePlaceOfTheOneBefore() {
    String before = current(published());
    assertThat(report().assertDone().out())
        .startsWith("report: gs://bucket/report/index.html\nsummary: gs://bucket/report/version-");
    Map<String, String> published = published();
    assertThat(current(published)).isNotEqualTo(before);
    assertThat(published).hasSize(UPLOADS).doesNotContainKey(before + "/index.html");
  }

  @ParameterizedTest(name = "upload {0}")
  @ValueSource(ints = {1, UPLOADS - 1, UPLOADS})
  void aKilledClientLeavesTheReportBeforeAsItWas(int moment) throws Exception {
    Map<String, String> before = published();
    CountDownLatch reached = new CountDownLatch(1);
    AtomicInteger uploads = new AtomicInteger();
    cloud
        .standIn()
        .listen(
            request -> {
              if (isUpload(request) && uploads.incrementAndGet() >= moment) {
                reached.countDown();
                stall();
              }
            });
    Process client =
        cloud.start(
            dir, Map.of(), "report", "--runs", Cloud.uri("runs"), "--out", Cloud.uri("report"));
    try {
      assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      client.destroyForcibly().waitFor();
    }
    assertThat(published()).containsAllEntriesOf(before);
    assertThat(current(published())).isEqualTo(current(before));
    assertThat(published().keySet())
        .filteredOn(name -> name.endsWith("summary.json"))
        .hasSizeBetween(1, 2);

    cloud.standIn().listen(request -> {});
    report().assertDone();
    assertThat(published().get(current(published()) + "/index.html")).contains("second.html");
  }

  private static boolean isUpload(Request request) {
    return request.method().equals("PUT");
  }

  private static void stall() {
    try {
      Thread.sleep(TimeUnit.MINUTES.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
