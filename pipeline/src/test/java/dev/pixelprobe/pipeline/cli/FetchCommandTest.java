package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import dev.pixelprobe.pipeline.fetch.FileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FetchCommandTest {
  private static final String PREFIX = "model.ckpt-131000";

  @TempDir Path dir;
  private FileServer server;

  @BeforeEach
  void start() throws IOException {
    Files.deleteIfExists(Cli.CACHE.resolve("fetched.json"));
    server = new FileServer();
    for (String name : names()) {
      server.with("/m/" + name, FileServer.file(name.getBytes(UTF_8), "\"1\""));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("kmeans_centers.npy", PREFIX + ".index"));
    for (int i = 0; i < 32; i++) {
      names.add("%s.data-%05d-of-00032".formatted(PREFIX, i));
    }
    return names;
  }

  @Test
  void aCheckpointArrivesWholeWithWhatIsKnownOfItAndWhatToDoNext() throws IOException {
    Path out = dir.resolve("m");

    String said = fetch(out).assertDone().out();

    assertThat(said)
        .startsWith("igpt-s-bert-131000 is in " + out)
        .contains("no checksum is published", "0 of 34 files")
        .contains("terms: https://github.com/openai/image-gpt")
        .endsWith(
            "next: pixelprobe model import --from %s/%s --palette %s/kmeans_centers.npy"
                    .formatted(out, PREFIX, out)
                + " --objective bert --out igpt-s-bert-131000\n");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(names());
    }
    for (String name : names()) {
      assertThat(out.resolve(name)).hasContent(name);
    }
    assertThat(Cli.tree(dir)).hasSize(1 + 1 + names().size());
  }

  @Test
  void aSecondFetchFindsItThere() throws IOException {
    fetch(dir.resolve("m")).assertDone();
    int requests = server.requests().size();

    Outcome again = fetch(dir.resolve("m")).assertDone();

    assertThat(again.out()).contains("is there already", "next: pixelprobe model import");
    assertThat(again.err()).isEmpty();
    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void aFileThatIsAnotherThanLastTimeIsRefused() throws IOException {
    fetch(dir.resolve("m")).assertDone();
    server.with("/m/" + PREFIX + ".index", FileServer.file("changed".getBytes(UTF_8), "\"2\""));

    fetch(dir.resolve("n"))
        .assertRefused(2, PREFIX + ".index: expected SHA-256 ", "delete its entry from");

    assertThat(dir.resolve("n")).doesNotExist();
  }

  @Test
  void whatBrokeOffGoesOnFileByFile() throws IOException {
    String third = PREFIX + ".data-00000-of-00032";
    FileServer.Answer healthy = FileServer.file(third.getBytes(UTF_8), "\"1\"");
    server.with("/m/" + third, FileServer.cutAfter(5, third.getBytes(UTF_8), "\"1\""));
    fetch(dir.resolve("m"))
        .assertRefused(3, "/m/" + third, "the first 5 bytes are kept", "its 34 files elsewhere");
    assertThat(dir.resolve("m")).doesNotExist();

    server.with("/m/" + third, healthy);
    fetch(dir.resolve("m")).assertDone();

    assertThat(dir.resolve("m").resolve(third)).hasContent(third);
    assertThat(server.requests())
        .contains("/m/%s bytes=5- \"1\"".formatted(third))
        .containsOnlyOnce("/m/kmeans_centers.npy");
  }

  @Test
  void inceptionLandsInTheUsersCache() throws IOException {
    Path folder = Files.createDirectories(Cli.CACHE.resolve("inception"));
    Files.createFile(folder.resolve("classify_image_graph_def.pb"));

    String said = Cli.run("fetch", "inception").assertDone().out();

    assertThat(said)
        .startsWith("inception is there already; to fetch it again remove " + folder)
        .contains("next: pixelprobe fid --extractor inception --inception " + folder);
    AsideDirectory.delete(folder);
  }

  @ParameterizedTest(name = "pixelprobe fetch {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cifar11|fetch: expected one of cifar10, cifar100, ",
        "igpt-s --step 5|--step: expected one of 131000, ",
        "cifar10 --bert|--bert",
        "cifar10 --step 131000|--step",
        "cifar10 --from ftp://host/x|--from",
        "cifar10 --from no-address|--from",
        "cifar10 --from $SERVER/none|--from",
        "cifar10 --from $SERVER/short|170,052,171 bytes, got 5",
        "cifar10 --retries -1|--retries",
        "inception --out $DIR/file|got a file",
        "inception --out $DIR/full|classify_image_graph_def.pb"
      })
  void isRefusedInOneLineAndLeavesNothing(String what, String says) throws IOException {
    server.with("/short/cifar-10-binary.tar.gz", FileServer.file(new byte[5], "\"1\""));
    Files.createFile(dir.resolve("file"));
    Files.createDirectories(dir.resolve("full/folder"));
    List<String> before = Cli.tree(dir);
    String call =
        what.replace("$SERVER", server.uri("").toString()).replace("$DIR", dir.toString());
    String where = call.contains("--out") ? "" : " --out " + dir.resolve("new");

    Object[] arguments = ("fetch " + call + where).split(" ");
    Outcome outcome = Cli.run(arguments);

    outcome.assertRefused(2, says);
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  @Test
  void aFileThatIsNotWhatItsServerSaysIsRefused() throws IOException {
    server.with(
        "/m/kmeans_centers.npy",
        exchange -> {
          exchange.getResponseHeaders().set("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==");
          FileServer.file("not empty".getBytes(UTF_8), "\"1\"").to(exchange);
        });

    fetch(dir.resolve("m"))
        .assertRefused(
            2,
            "kmeans_centers.npy: expected MD5 (from its server) d41d8cd98f00b204e9800998ecf8427e");

    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void aFileThatWasPlacedButCutIsRefusedAndKept() throws IOException {
    Path placed = Files.write(dir.resolve("cifar-10-binary.tar.gz"), new byte[5]);

    Cli.run("fetch", "cifar10", "--out", dir)
        .assertRefused(2, "cifar-10-binary.tar.gz: expected 170,052,171 bytes, got 5");

    assertThat(Cli.tree(dir)).containsExactly(dir.toString(), placed.toString());
  }

  @Test
  void offlineTheMessageSaysWhatToPlaceWhere() throws IOException {
    String address = server.uri("/m").toString();
    server.close();

    Cli.run("fetch", "stl10", "--from", address, "--out", dir.resolve("data"))
        .assertRefused(
            3,
            address + "/stl10_binary.tar.gz: no connection",
            "fetch https://cs.stanford.edu/~acoates/stl10/stl10_binary.tar.gz elsewhere",
            "place it at " + dir.resolve("data/stl10_binary.tar.gz"),
            "--from URL");

    assertThat(dir).isEmptyDirectory();
  }

  private Outcome fetch(Path out) {
    return Cli.run(
        "fetch",
        "igpt-s",
        "--step",
        131000,
        "--bert",
        "--retries",
        0,
        "--from",
        server.uri("/m"),
        "--out",
        out);
  }
}
