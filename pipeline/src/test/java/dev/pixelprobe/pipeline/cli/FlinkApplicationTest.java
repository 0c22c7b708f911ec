package dev.pixelprobe.pipeline.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in application mode. Flink's context is static, so each call has a process of its
 * own.
 */
@Tag("slow")
final class FlinkApplicationTest {
  @TempDir private Path dir;

  @BeforeEach
  void writeInputs() throws IOException {
    TinyModel.write(dir.resolve("model"));
    CifarFiles.write(dir.resolve("data"), 20, 12, 3);
  }

  @Test
  void theFirstJobBearsTheApplicationsIdAndTheOthersTheirOwn() throws Exception {
    List<String> lines = run("data");

    List<String> jobs = lines.stream().filter(line -> line.startsWith("job ")).toList();
    assertThat(jobs).as("%s", lines).hasSize(2).doesNotHaveDuplicates();
    assertThat(jobs.get(0)).isEqualTo("job " + FlinkApplicationCluster.FIXED);
    assertThat(lines).contains("returned");
    assertThat(dir.resolve("run/results.json")).exists();
  }

  @Test
  void aFailureIsThrownAndDoesNotEndTheProcess() throws Exception {
    assertThat(run("nowhere"))
        .contains("threw: pixelprobe ended with exit code 2")
        .doesNotContain("returned")
        .noneMatch(line -> line.startsWith("job "));
    assertThat(dir.resolve("run")).doesNotExist();
  }

  private List<String> run(String data) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run", "--dataset", "cifar10", "--data"));
    arguments.addAll(List.of(dir.resolve(data).toString(), "--model", dir + "/model"));
    arguments.addAll(List.of("--c", "1", "--samples", "0", "--out", dir + "/run", "--"));
    arguments.addAll(List.of("--runner=FlinkRunner", "--flinkMaster=[auto]", "--parallelism=2"));
    Path log = dir.resolve("log");
    Process process = ChildJvm.start(FlinkApplicationCluster.class, log, arguments);
    try {
      assertThat(process.waitFor(5, MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(log);
  }
}
