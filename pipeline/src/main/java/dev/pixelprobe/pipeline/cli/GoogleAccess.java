package dev.pixelprobe.pipeline.cli;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Google's Application Default Credentials, which reading and writing {@code gs://} needs: the file
 * that {@code GOOGLE_APPLICATION_CREDENTIALS} names, else gcloud's, else the metadata server of a
 * machine in Google's cloud. Says whose they are, never what they are.
 */
final class GoogleAccess {
  /** The metadata server's fixed address: asking for its name could take long without a network. */
  private static final String METADATA = "169.254.169.254";

  private static final Duration TO_CONNECT = Duration.ofSeconds(1);
  private static final Duration TO_ANSWER = Duration.ofSeconds(5);

  private static final String ADVICE =
      "only gs:// paths need them: gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to a key file";

  private final Map<String, String> environment;
  private final Path home;

  GoogleAccess(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  static Finding ofThisMachine() {
    return new GoogleAccess(System.getenv(), Path.of(System.getProperty("user.home"))).find();
  }

  Finding find() {
    String named = environment.getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", "");
    if (!named.isEmpty()) {
      return inFile(Path.of(named));
    }
    Path gcloud = gcloudFile();
    if (Files.exists(gcloud)) {
      return inFile(gcloud);
    }
    return metadataAccount()
        .map(
            account -> Finding.ok("gs://", "service account %s of this machine".formatted(account)))
        .orElse(Finding.note("gs://", "no Google credentials", ADVICE));
  }

  private Path gcloudFile() {
    String config = environment.getOrDefault("CLOUDSDK_CONFIG", "");
    Path folder = config.isEmpty() ? home.resolve(".config/gcloud") : Path.of(config);
    return folder.resolve("application_default_credentials.json");
  }

  private static Finding inFile(Path file) {
    if (!Files.isRegularFile(file)) {
      return Finding.note("gs://", "no credentials file " + file, ADVICE);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Finding.ok(
          "gs://", "%s, from %s".formatted(owner(GoogleCredentials.fromStream(in)), file));
    } catch (IOException | RuntimeException e) { // its text may quote the file
      return Finding.note("gs://", file + " holds no credentials that can be used", ADVICE);
    }
  }

  private static String owner(GoogleCredentials credentials) {
    if (credentials instanceof ServiceAccountCredentials account) {
      return "service account %s of project %s"
          .formatted(account.getClientEmail(), account.getProjectId());
    }
    String project = credentials.getQuotaProjectId();
    String kind = credentials instanceof UserCredentials ? "a user's login" : "a federated login";
    return project == null ? kind : "%s, project %s".formatted(kind, project);
  }

  private Optional<String> metadataAccount() {
    if (environment.getOrDefault("NO_GCE_CHECK", "").equals("true")) {
      return Optional.empty();
    }
    String host = environment.getOrDefault("GCE_METADATA_HOST", METADATA);
    String url = "http://%s/computeMetadata/v1/instance/service-accounts/default/email";
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url.formatted(host)))
              .timeout(TO_ANSWER)
              .header("Metadata-Flavor", "Google")
              .build();
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(TO_CONNECT)
              .proxy(HttpClient.Builder.NO_PROXY)
              .build()
              .send(request, BodyHandlers.ofString());
      boolean google = response.headers().firstValue("Metadata-Flavor").isPresent();
      return google && response.statusCode() == 200
          ? Optional.of(response.body().strip())
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
