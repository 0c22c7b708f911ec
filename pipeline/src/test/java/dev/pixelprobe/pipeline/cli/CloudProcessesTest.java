package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.storage.standin.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one machine, and one cache for several machines. */
@Tag("slow")
final class CloudProcessesTest {
  @TempDir Path dir;
  private Cloud cloud;
  private Path model;

  @BeforeEach
  void start() throws IOException {
    cloud = Cloud.start();
    model = TinyModel.write(dir.resolve("tiny"));
    cloud.put(model, "models/tiny");
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void twoAtOnceDownloadAModelOnce() throws Exception {
    Object[] call = {"model", "inspect", Cloud.uri("models/tiny")};
    Process first = cloud.start(dir, Map.of(), call);
    Process second = cloud.start(dir, Map.of(), call);
    assertThat(List.of(first.waitFor(), second.waitFor())).containsOnly(0);
    try (Stream<Path> files = Files.walk(model)) {
      long count = files.filter(Files::isRegularFile).count();
      assertThat(cloud.standIn().requests().stream().filter(Request::isMediaRead))
          .hasSize((int) count);
    }
  }

  @Test
  void aCacheInCloudStorageGetsTheModelThatWorkersNeed() throws Exception {
    Map<String, String> environment = Map.of("PIXELPROBE_CACHE", Cloud.uri("cache"));
    Process client =
        cloud.start(dir, environment, "sample", "--count", 2, "--out", Cloud.uri("samples"));
    assertThat(client.waitFor()).isZero();
    assertThat(cloud.below("cache"))
        .anyMatch(name -> name.matches("models/igpt-xs-16px-.*/saved_model\\.pb"));
    assertThat(cloud.below("samples")).contains("sample-00001.png", "samples.json");
  }
}
