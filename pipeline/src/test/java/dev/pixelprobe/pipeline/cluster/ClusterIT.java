package dev.pixelprobe.pipeline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.cluster.Call.Outcome;
import dev.pixelprobe.pipeline.storage.standin.CloudStorageStandIn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program on a JobManager and two TaskManagers, each a process of its own. The tests
 * share the cluster: what an earlier one did to it is part of a later one.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterIT {
  @TempDir static Path dir;

  private static LocalCluster cluster;
  private static List<Long> taskManagers;

  @BeforeAll
  static void runEmbeddedAndStartCluster() throws Exception {
    Files.writeString(Path.of("target/dist/built"), ""); // packaged by the build that runs this
    Call embedded = run("embedded");
    cluster = LocalCluster.start(dir, 2);
    taskManagers = cluster.taskManagers();
    embedded.end().assertDone();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  private static Call run(String out, String... beam) throws IOException {
    return call(List.of("run", "--layers", "0,2", "--c", "1e-2", "--samples", 0), out, 400, beam);
  }

  private static Call call(List<Object> command, String out, int images, String... beam)
      throws IOException {
    List<Object> call = new ArrayList<>(command);
    call.addAll(List.of("--no-cache", "--limit-train", images, "--limit-test", images / 4));
    call.addAll(List.of("--out", out));
    if (beam.length > 0) {
      call.add("--");
      call.addAll(List.of(beam));
    }
    return Call.program(dir, call.toArray());
  }

  private static String master() {
    return "--flinkMaster=" + cluster.address();
  }

  @Test
  @Order(1)
  void theKitSaysWhatRuns() throws Exception {
    assertThat(cluster.status())
        .hasSize(3)
        .anyMatch(line -> line.matches("jobmanager \\d+ " + cluster.address()));
    assertThat(taskManagers).hasSize(2);
  }

  @Test
  @Order(2)
  void aClusterGivesTheResultsOfTheEmbeddedRun() throws Exception {
    run("first", "--runner=FlinkRunner", master()).end().assertDone();

    Rows.assertSameFeatures(dir.resolve("first"), dir.resolve("embedded"));
    Rows.assertSameScores(dir.resolve("first"), dir.resolve("embedded"));
    assertThat(Rows.results(dir.resolve("first")).at("/provenance/parallelism").asInt())
        .isEqualTo(2);
  }

  @Test
  @Order(3)
  void anInterruptedRunIsCancelledOnTheCluster() throws Exception {
    Call call = run("cancelled", master());
    cluster.awaitExtraction(call);

    call.interrupt();

    assertThat(call.end().code()).isNotZero();
    assertThat(cluster.jobs().get(0)).isIn("CANCELLING", "CANCELED");
    assertThat(dir.resolve("cancelled")).doesNotExist();
  }

  @Test
  @Order(4)
  void jobAfterJobRunsInTheSameTaskManagers() throws Exception {
    List<Object> extract = List.of("extract", "--layers", "1");
    call(extract, "second", 40, master()).end().assertDone();
    Call.program(dir, "sample", "--count", 2, "--out", "third", "--", master()).end().assertDone();

    assertThat(dir.resolve("third/contact-sheet.png")).exists();
    assertThat(cluster.taskManagers()).isEqualTo(taskManagers);
  }

  @Test
  @Order(5)
  void modelFeaturesAndResultsMayLieInABucket() throws Exception {
    try (CloudStorageStandIn cloud = CloudStorageStandIn.withBucket("bucket")) {
      List<Object> call = new ArrayList<>(List.of("run", "--layers", "0,2", "--c", "1e-2"));
      call.addAll(List.of("--samples", 0, "--no-cache", "--limit-train", 400));
      call.addAll(List.of("--limit-test", 100, "--out", "gs://bucket/run", "--", master()));
      call.addAll(cloud.beamOptions());

      Call.programWithCache("gs://bucket/cache", dir, call.toArray()).end().assertDone();

      assertThat(cloud.names("bucket"))
          .anyMatch(name -> name.matches("cache/models/.*/saved_model.pb"));
      for (String name : cloud.names("bucket")) {
        Path file = dir.resolve("bucket").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, cloud.get("bucket", name));
      }
    }
    Rows.assertSameFeatures(dir.resolve("bucket/run"), dir.resolve("embedded"));
    Rows.assertSameScores(dir.resolve("bucket/run"), dir.resolve("embedded"));
  }

  @Test
  @Order(6)
  void aUsersErrorInAWorkerIsOneLineAsEver() throws Exception {
    CifarFiles.write(dir.resolve("data"), 20, 20, 10);
    try (RandomAccessFile shard =
        new RandomAccessFile(CifarFiles.test(dir.resolve("data")).toFile(), "rw")) {
      shard.seek(7L * CifarFiles.RECORD_BYTES);
      shard.write(99); // no such class
    }
    Object[] call = {"extract", "--dataset", "cifar10", "--data", "data", "--out", "no", "--"};

    Outcome outcome = Call.program(dir, append(call, master())).end();

    outcome.assertRefused(2, "test_batch.bin", "99");
    assertThat(dir.resolve("no")).doesNotExist();
  }

  @Test
  @Order(7)
  void aKilledTaskManagerIsReplacedAndTheRunGivesTheSame() throws Exception {
    Call call = run("survived", master());
    cluster.awaitExtraction(call);

    LocalCluster.kill(cluster.taskManagers().get(0));
    cluster.add();

    call.end().assertDone();
    assertThat(cluster.status()).contains("taskmanager-1 dead");
    Rows.assertSameFeatures(dir.resolve("survived"), dir.resolve("embedded"));
    Rows.assertSameScores(dir.resolve("survived"), dir.resolve("embedded"));
  }

  @Test
  @Order(8)
  void aKilledJobManagerEndsTheRunAndLeavesNothing() throws Exception {
    Path conf = Files.createDirectory(dir.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"), "rest.retry.max-attempts: 2\nrest.retry.delay: 500\n");
    List<String> before = entries();
    Call call = run("lost", master(), "--flinkConfDir=" + conf);
    cluster.awaitExtraction(call);

    LocalCluster.kill(cluster.jobManager());

    call.end().assertRefused(3, "Flink cluster " + cluster.address(), "no longer answers");
    assertThat(entries()).isEqualTo(before);
  }

  @Test
  @Order(9)
  void aClusterThatIsNotThereIsToldAtOnce() throws Exception {
    List<String> before = entries();

    run("lost", master()).end().assertRefused(3, "Flink cluster " + cluster.address(), "no answer");

    assertThat(entries()).isEqualTo(before);
  }

  private static Object[] append(Object[] call, Object last) {
    return Stream.concat(Stream.of(call), Stream.of(last)).toArray();
  }

  /**
   * What lies where runs are written; not the output of the calls. Nor hidden folders: TaskManagers
   * that have lost their JobManager go on for some seconds, and may write where the program has
   * cleaned up.
   */
  private static List<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(dir)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("call") && !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
