package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.pixelprobe.pipeline.fetch.FileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a home of its own; only a server on this machine is asked. */
final class GoogleAccessTest {
  private static final String USER =
      """
      {"type": "authorized_user", "client_id": "the-client", "client_secret": "the-secret",
       "refresh_token": "the-token", "quota_project_id": "the-project"}
      """;

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>(Map.of("NO_GCE_CHECK", "true"));

  @Test
  void withoutCredentialsTheNoteSaysWhatToDo() {
    assertThat(find().status()).isEqualTo(Finding.Status.NOTE);
    assertThat(find().line()).contains("no Google credentials", "gcloud auth application-default");
  }

  @Test
  void gcloudsLoginIsFoundInTheHome() throws IOException {
    Path folder = Files.createDirectories(home.resolve(".config/gcloud"));
    Files.writeString(folder.resolve("application_default_credentials.json"), USER);

    assertThat(find().status()).isEqualTo(Finding.Status.OK);
    assertThat(find().line())
        .contains("a user's login, project the-project", folder.toString())
        .doesNotContain("the-secret", "the-token");
  }

  @Test
  void theNamedFileComesFirst() throws IOException, NoSuchAlgorithmException {
    Path folder = Files.createDirectories(home.resolve("gcloud"));
    Files.writeString(folder.resolve("application_default_credentials.json"), USER);
    environment.put("CLOUDSDK_CONFIG", folder.toString());
    assertThat(find().found()).startsWith("a user's login");
    Path key = Files.writeString(home.resolve("key.json"), serviceAccount());
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());

    assertThat(find().found())
        .isEqualTo("service account robot@the-project.example of project the-project, from " + key);
  }

  @Test
  void aNamedFileThatIsNotThereIsSaid() {
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", home.resolve("none.json").toString());

    assertThat(find().status()).isEqualTo(Finding.Status.NOTE);
    assertThat(find().found()).isEqualTo("no credentials file " + home.resolve("none.json"));
  }

  @Test
  void aDamagedFileIsNotQuoted() throws IOException {
    Path file = Files.writeString(home.resolve("key.json"), USER.replace("client_id", "secret_id"));
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", file.toString());

    assertThat(find().status()).isEqualTo(Finding.Status.NOTE);
    assertThat(find().line()).contains("no credentials that can be used").doesNotContain("the-");
  }

  @Test
  void theMetadataServerIsAsked() throws IOException {
    try (FileServer server = new FileServer()) {
      server.with(
          "/computeMetadata/v1/instance/service-accounts/default/email",
          exchange -> {
            exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
            answer(exchange, "robot@machine.example\n");
          });
      environment.put("GCE_METADATA_HOST", server.uri("").getAuthority());
      environment.remove("NO_GCE_CHECK");

      assertThat(find().found()).isEqualTo("service account robot@machine.example of this machine");
    }
  }

  @Test
  void anotherServerAtThatAddressIsNotBelieved() throws IOException {
    try (FileServer server = new FileServer()) {
      server.with(
          "/computeMetadata/v1/instance/service-accounts/default/email",
          exchange -> answer(exchange, "<html>"));
      environment.put("GCE_METADATA_HOST", server.uri("").getAuthority());
      environment.remove("NO_GCE_CHECK");

      assertThat(find().found()).isEqualTo("no Google credentials");
    }
  }

  private Finding find() {
    return new GoogleAccess(environment, home).find();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, text.length());
    exchange.getResponseBody().write(text.getBytes(UTF_8));
  }

  /** With a key made for this test. */
  private static String serviceAccount() throws NoSuchAlgorithmException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    return """
        {"type": "service_account", "project_id": "the-project", "private_key_id": "1",
         "client_id": "1", "client_email": "robot@the-project.example",
         "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
        """
        .formatted(Base64.getEncoder().encodeToString(key));
  }
}
