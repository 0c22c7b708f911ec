package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.files.Bucket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets and the cache in a bucket, as the command line names them. */
final class BucketCommandsTest {
  @TempDir private Path dir;
  private Bucket bucket;
  private String usualCache = "";

  @BeforeEach
  void open() throws IOException {
    usualCache = Cli.CACHE.toString();
    bucket = Bucket.open();
    System.setProperty("pixelprobe.cache", bucket.location("cache"));
  }

  @AfterEach
  void close() {
    System.setProperty("pixelprobe.cache", usualCache);
    bucket.close();
  }

  @Test
  void featuresOfABucketsImagesAreKeptInABucketsCache() throws IOException {
    TinyModel.write(dir.resolve("model"));
    String data = bucket.put(CifarFiles.write(dir.resolve("data"), 6, 5, 2), "data");

    extract(data, "one").assertDone();
    Cli.Outcome again = extract(data, "two").assertDone();

    assertThat(again.err()).anyMatch(line -> line.startsWith("features: found in the cache ("));
    assertThat(again.out()).contains("12 training and 5 test images");
    assertThat(bucket.names("cache/features/")).anyMatch(name -> name.endsWith("/entry"));
    assertThat(dir.resolve("two/features.json"))
        .hasSameTextualContentAs(dir.resolve("one/features.json"));
  }

  @Test
  void whereNothingIsOneLineSaysSo() throws IOException {
    TinyModel.write(dir.resolve("model"));

    extract(bucket.location("nowhere"), "out")
        .assertRefused(2, "gs://bucket/nowhere/", "no files at all", "--data");
    extract("gs://nobodys-bucket/data", "out").assertRefused(3, "nobodys-bucket");
    assertThat(dir.resolve("out")).doesNotExist();
    assertThat(bucket.names("")).isEmpty();
  }

  private Cli.Outcome extract(String data, String out) {
    List<Object> call = new ArrayList<>();
    Collections.addAll(call, "extract", "--model", dir.resolve("model"), "--layers", "1");
    Collections.addAll(call, "--dataset", "cifar10", "--data", data);
    Collections.addAll(call, "--out", dir.resolve(out), "--");
    call.addAll(bucket.service().beamOptions());
    return Cli.run(call.toArray());
  }
}
