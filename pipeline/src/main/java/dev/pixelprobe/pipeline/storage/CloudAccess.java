package dev.pixelprobe.pipeline.storage;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/**
 * How this process reaches Cloud Storage: by the endpoint and the credentials that Beam's options
 * name, those of the client's command line or those that a worker was sent.
 */
public final class CloudAccess {
  private static final String EMULATOR = "STORAGE_EMULATOR_HOST";
  private static final int CONNECT_MILLIS = 20_000;
  private static final int READ_MILLIS = 60_000;

  /** Waits of 0.5, 1, 2, 4 and 8 seconds. */
  private static final RetrySettings PATIENCE =
      RetrySettings.newBuilder()
          .setMaxAttempts(6)
          .setInitialRetryDelayDuration(Duration.ofMillis(500))
          .setRetryDelayMultiplier(2)
          .setMaxRetryDelayDuration(Duration.ofSeconds(8))
          .setTotalTimeoutDuration(Duration.ofMinutes(10))
          .build();

  private static @Nullable CloudAccess current;

  private final GcsOptions options;
  private final RetrySettings patience;
  private @Nullable Storage client;

  CloudAccess(GcsOptions options, RetrySettings patience) {
    this.options = options;
    this.patience = patience;
  }

  /**
   * Puts into Beam's options what {@code STORAGE_EMULATOR_HOST} says of a stand-in, unless they
   * name an endpoint themselves.
   */
  public static void complete(PipelineOptions options, Map<String, String> environment) {
    GcsOptions gcs = options.as(GcsOptions.class);
    String emulator = environment.getOrDefault(EMULATOR, "");
    if (gcs.getGcsEndpoint() == null && !emulator.isEmpty()) {
      String host = emulator.contains("://") ? emulator : "http://" + emulator;
      gcs.setGcsEndpoint(host.replaceFirst("/+$", "") + "/storage/v1/");
      gcs.setCredentialFactoryClass(NoopCredentialFactory.class);
    }
  }

  /** From now on these options count in this process. */
  static synchronized void use(PipelineOptions options) {
    GcsOptions gcs = options.as(GcsOptions.class);
    if (current == null || !current.isBy(gcs)) {
      current = new CloudAccess(gcs, PATIENCE);
    }
  }

  private boolean isBy(GcsOptions other) {
    return String.valueOf(options.getGcsEndpoint()).equals(String.valueOf(other.getGcsEndpoint()))
        && options.getCredentialFactoryClass().equals(other.getCredentialFactoryClass())
        && String.valueOf(options.getImpersonateServiceAccount())
            .equals(String.valueOf(other.getImpersonateServiceAccount()));
  }

  /** The objects, as this process reaches them. */
  static CloudObjects objects() throws IOException {
    return current().connect();
  }

  private static synchronized CloudAccess current() {
    if (current == null) {
      PipelineOptions options = PipelineOptionsFactory.create();
      complete(options, System.getenv());
      use(options);
      return current();
    }
    return current;
  }

  synchronized CloudObjects connect() throws IOException {
    if (client == null) {
      HttpStorageOptions.Builder builder =
          StorageOptions.http()
              .setProjectId("unused") // else the library asks the machine for one
              .setCredentials(credentials())
              .setRetrySettings(patience)
              .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
              .setTransportOptions(
                  HttpTransportOptions.newBuilder()
                      .setConnectTimeout(CONNECT_MILLIS)
                      .setReadTimeout(READ_MILLIS)
                      .build());
      if (options.getGcsEndpoint() != null) {
        URI endpoint = URI.create(options.getGcsEndpoint());
        builder.setHost(endpoint.getScheme() + "://" + endpoint.getAuthority());
      }
      client = builder.build().getService();
    }
    return new CloudObjects(client);
  }

  private Credentials credentials() throws IOException {
    if (options.getCredentialFactoryClass() == NoopCredentialFactory.class) {
      return NoCredentials.getInstance();
    }
    Credentials credentials = options.getGcpCredential();
    if (credentials == null) {
      throw new IOException(
          "gs://: expected Google credentials, got none; gcloud auth application-default login, or"
              + " set GOOGLE_APPLICATION_CREDENTIALS to a key file");
    }
    return credentials;
  }
}
