package dev.pixelprobe.pipeline.storage;

import com.google.api.gax.retrying.RetrySettings;
import dev.pixelprobe.pipeline.storage.standin.CloudStorageStandIn;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Ways to a stand-in for Cloud Storage. */
final class Clouds {
  /** Waits of 10 milliseconds. */
  private static final RetrySettings IMPATIENT =
      RetrySettings.newBuilder()
          .setMaxAttempts(4)
          .setInitialRetryDelayDuration(Duration.ofMillis(10))
          .setRetryDelayMultiplier(1)
          .setMaxRetryDelayDuration(Duration.ofMillis(10))
          .setTotalTimeoutDuration(Duration.ofMinutes(1))
          .build();

  private Clouds() {}

  /** Objects for one test alone. */
  static CloudObjects objects(CloudStorageStandIn standIn) throws IOException {
    return new CloudAccess(options(standIn).as(GcsOptions.class), IMPATIENT).connect();
  }

  private static PipelineOptions options(CloudStorageStandIn standIn) {
    return PipelineOptionsFactory.fromArgs(standIn.beamOptions().toArray(String[]::new)).create();
  }

  static byte[] randomBytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
