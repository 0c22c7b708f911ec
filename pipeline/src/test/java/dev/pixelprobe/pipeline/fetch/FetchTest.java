package dev.pixelprobe.pipeline.fetch;

import static dev.pixelprobe.pipeline.fetch.FileServer.chunked;
import static dev.pixelprobe.pipeline.fetch.FileServer.cutAfter;
import static dev.pixelprobe.pipeline.fetch.FileServer.file;
import static dev.pixelprobe.pipeline.fetch.FileServer.inTurn;
import static dev.pixelprobe.pipeline.fetch.FileServer.pieceOfAnyVersion;
import static dev.pixelprobe.pipeline.fetch.FileServer.redirect;
import static dev.pixelprobe.pipeline.fetch.FileServer.status;
import static dev.pixelprobe.pipeline.fetch.FileServer.wholeOnly;
import static dev.pixelprobe.pipeline.fetch.FileServer.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.fetch.FetchedFile.Proof;
import dev.pixelprobe.pipeline.fetch.FileServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on this machine that behaves as servers do, and worse. */
final class FetchTest {
  private static final int HALF = 150_000;
  private static final byte[] IMAGES = random(1, 300_000);
  private static final byte[] ARCHIVE = archive(IMAGES);
  private static final Patience QUICK =
      new Patience(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMillis(1), 2);

  @TempDir Path dir;
  private FileServer server;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new FileServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anArchiveIsUnpackedAndNothingElseIsLeft() throws IOException {
    server.with("/set.tar.gz", file(ARCHIVE, "\"1\""));

    Fetched fetched = fetch(item(ARCHIVE));

    assertThat(fetched.target()).isEqualTo(dir.resolve("out/set"));
    assertThat(fetched.files()).extracting(FetchedFile::proof).containsExactly(Proof.PUBLISHED);
    assertThat(fetched.files())
        .extracting(FetchedFile::bytes)
        .containsExactly((long) ARCHIVE.length);
    assertWhole();
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatIsThereIsNotAskedForAgain() throws IOException {
    server.with("/set.tar.gz", file(ARCHIVE, "\"1\""));
    fetch(item(ARCHIVE));

    assertThat(fetch(item(ARCHIVE)).files()).isEmpty();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aCutConnectionIsTakenUpWhereItBroke() throws IOException {
    server.with("/set.tar.gz", inTurn(cutAfter(HALF, ARCHIVE, "\"1\""), file(ARCHIVE, "\"1\"")));

    fetch(item(ARCHIVE));

    assertWhole();
    assertThat(server.requests())
        .containsExactly("/set.tar.gz", "/set.tar.gz bytes=%d- \"1\"".formatted(HALF));
    assertThat(warnings).singleElement().asString().contains("cut", "trying again");
  }

  @Test
  void aLaterCallTakesUpWhatAnEarlierOneLeft() throws IOException {
    server.with("/set.tar.gz", cutAfter(HALF, ARCHIVE, "\"1\""));
    assertThatThrownBy(() -> fetch(item(ARCHIVE), QUICK.withRetries(0)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("/set.tar.gz", "150,000 bytes are kept", "--from");
    assertThat(dir.resolve("out/set")).doesNotExist();

    server.with("/set.tar.gz", file(ARCHIVE, "\"1\""));
    fetch(item(ARCHIVE));

    assertWhole();
    assertThat(server.requests()).contains("/set.tar.gz bytes=%d- \"1\"".formatted(HALF));
  }

  @Test
  void aServerWithoutRangesSendsAllAgain() throws IOException {
    server.with("/set.tar.gz", inTurn(cutAfter(HALF, ARCHIVE, null), wholeOnly(ARCHIVE)));

    fetch(item(ARCHIVE));

    assertWhole();
  }

  @Test
  void halvesOfTwoVersionsAreNotGlued() throws IOException {
    byte[] old = random(2, ARCHIVE.length);
    server.with("/set.tar.gz", inTurn(cutAfter(HALF, old, "\"1\""), file(ARCHIVE, "\"2\"")));

    fetch(item(ARCHIVE));

    assertWhole();
  }

  @Test
  void norIfTheServerDoesNotMindWhatVersionWasAskedFor() throws IOException {
    byte[] old = random(2, ARCHIVE.length);
    server.with(
        "/set.tar.gz", inTurn(cutAfter(HALF, old, "\"1\""), pieceOfAnyVersion(ARCHIVE, "\"2\"")));

    fetch(unknown(ARCHIVE));

    assertWhole();
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aHalfOfUnknownVersionIsNoStart() throws IOException {
    server.with("/set.tar.gz", inTurn(cutAfter(HALF, ARCHIVE, null), file(ARCHIVE, null)));

    fetch(unknown(ARCHIVE));

    assertWhole();
    assertThat(server.requests()).containsExactly("/set.tar.gz", "/set.tar.gz");
  }

  @Test
  void aWrongChecksumIsRefusedAndDeleted() throws IOException {
    byte[] other = random(3, ARCHIVE.length);
    server.with("/set.tar.gz", file(other, "\"1\""));

    assertThatThrownBy(() -> fetch(item(ARCHIVE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("set.tar.gz", sha256(ARCHIVE), sha256(other));
    assertNothingLeft();
  }

  @Test
  void aWrongLengthIsRefusedBeforeTheBodyIsRead() throws IOException {
    server.with("/set.tar.gz", file(random(3, 1_000), "\"1\""));

    assertThatThrownBy(() -> fetch(item(ARCHIVE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("%,d bytes".formatted(ARCHIVE.length), "got 1,000");
    assertNothingLeft();
  }

  @Test
  void aBodyThatDoesNotEndIsCutOff() throws IOException {
    server.with("/set.tar.gz", chunked(random(3, ARCHIVE.length + 1)));

    assertThatThrownBy(() -> fetch(item(ARCHIVE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got more");
    assertNothingLeft();
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws IOException {
    server.with("/set.tar.gz", inTurn(status(503), status(429), file(ARCHIVE, "\"1\"")));

    fetch(item(ARCHIVE));

    assertWhole();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("503");
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() throws IOException {
    server.with("/set.tar.gz", status(503));

    assertThatThrownBy(() -> fetch(item(ARCHIVE)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("503", "place it at " + dir.resolve("out/set.tar.gz"));
    assertThat(server.requests()).hasSize(1 + QUICK.retries());
    assertNothingLeft();
  }

  @Test
  void aServerAsksToBeLeftAloneAMinuteAtMost() {
    assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
    assertThat(retryAfter("86400")).isEqualTo(Duration.ofMinutes(1));
    assertThat(retryAfter("tomorrow")).isZero();
  }

  @Test
  void aSilentServerIsNotWaitedForForEver() throws IOException {
    Answer silent =
        exchange -> {
          cutAfter(HALF, ARCHIVE, "\"1\"").to(exchange);
          sleep(3_000);
        };
    server.with("/set.tar.gz", inTurn(silent, file(ARCHIVE, "\"1\"")));

    fetch(item(ARCHIVE));

    assertWhole();
    assertThat(warnings).singleElement().asString().contains("no byte came");
  }

  @Test
  void aFileThatIsGoneIsNotWaitedFor() throws IOException {
    assertThatThrownBy(() -> fetch(item(ARCHIVE)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("404");
    assertThat(server.requests()).hasSize(1);
    assertNothingLeft();
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    server.with("/set.tar.gz", redirect(server.uri("/moved")));
    server.with("/moved", inTurn(cutAfter(HALF, ARCHIVE, "\"1\""), file(ARCHIVE, "\"1\"")));

    fetch(item(ARCHIVE));

    assertWhole();
  }

  @Test
  void withoutANetworkTheMessageSaysWhatToDo() {
    Item item = item(ARCHIVE);
    server.close();

    assertThatThrownBy(() -> fetch(item))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "no connection",
            "fetch " + item.files().get(0).uri() + " elsewhere",
            "place it at " + dir.resolve("out/set.tar.gz"),
            "--from URL");
    assertThat(warnings).isEmpty();
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void aFileThatWasPlacedIsUsedAndKept() throws IOException {
    Path placed = Files.createDirectories(dir.resolve("out")).resolve("set.tar.gz");
    Files.write(placed, ARCHIVE);

    fetch(item(ARCHIVE));

    assertThat(server.requests()).isEmpty();
    assertThat(placed).hasBinaryContent(ARCHIVE);
    assertThat(dir.resolve("out/set/images.bin")).hasBinaryContent(IMAGES);
  }

  @Test
  void aFileThatWasPlacedIsVerifiedToo() throws IOException {
    Path placed = Files.createDirectories(dir.resolve("out")).resolve("set.tar.gz");
    byte[] other = random(3, ARCHIVE.length);
    Files.write(placed, other);

    assertThatThrownBy(() -> fetch(item(ARCHIVE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sha256(other));
    assertThat(placed).exists();
  }

  @Test
  void theServersOwnChecksumCounts() throws IOException {
    String md5 = base64(digests(ARCHIVE).md5());
    server.with("/set.tar.gz", withHeader("Content-MD5", md5, file(ARCHIVE, "\"1\"")));
    assertThat(fetch(unknown(ARCHIVE)).files())
        .extracting(FetchedFile::proof)
        .containsExactly(Proof.SENT_ALONG);
  }

  @Test
  void theServersOwnChecksumIsNotForgottenWhenTheConnectionIsCut() throws IOException {
    String md5 = base64(digests(IMAGES).md5());
    server.with(
        "/set.tar.gz",
        inTurn(
            withHeader(
                "x-goog-hash", "crc32c=AAAAAA==,md5=" + md5, cutAfter(HALF, ARCHIVE, "\"1\"")),
            file(ARCHIVE, "\"1\"")));

    assertThatThrownBy(() -> fetch(unknown(ARCHIVE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("MD5", digests(IMAGES).md5(), digests(ARCHIVE).md5());
    assertNothingLeft();
  }

  @Test
  void anArchiveWithoutWhatIsWantedIsRefused() throws IOException {
    byte[] other = new Tars().file("set/other.bin", IMAGES).gz();
    server.with("/set.tar.gz", file(other, "\"1\""));

    assertThatThrownBy(() -> fetch(unknown(other)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("set.tar.gz", "images.bin");
    assertNothingLeft();
    assertThat(dir.resolve("known.json")).doesNotExist();
  }

  @Test
  void aHostileArchiveIsRefusedAndDeleted() throws IOException {
    byte[] hostile = new Tars().file("set/images.bin", IMAGES).file("../evil", IMAGES).gz();
    server.with("/set.tar.gz", file(hostile, "\"1\""));

    assertThatThrownBy(() -> fetch(unknown(hostile)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("../evil");
    assertNothingLeft();
  }

  @Test
  void twoAtOnceDoNotDisturbEachOther() throws IOException {
    server.with("/set.tar.gz", file(ARCHIVE, "\"1\""));
    try (Staging first = Staging.of(dir.resolve("out/set"))) {
      assertThatThrownBy(() -> fetch(item(ARCHIVE)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another pixelprobe fetch");
      assertThat(first.file("lock")).exists();
    }

    fetch(item(ARCHIVE));

    assertWhole();
  }

  @Test
  void anotherFolderIsNotTouched() throws IOException {
    Path kept = Files.createDirectories(dir.resolve("out/set")).resolve("kept");
    Files.createFile(kept);

    assertThatThrownBy(() -> fetch(item(ARCHIVE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("out/set", "images.bin");
    assertThat(kept).exists();
    assertThat(server.requests()).isEmpty();
  }

  private Fetched fetch(Item item) throws IOException {
    return fetch(item, QUICK);
  }

  private Fetched fetch(Item item, Patience patience) throws IOException {
    Downloader downloader = new Downloader(patience, warnings::add);
    KnownFiles known = new KnownFiles(dir.resolve("known.json"));
    return new Fetch(downloader, known, Optional.empty()).fetch(item, dir.resolve("out"));
  }

  /** One archive whose length and checksum are known. */
  private Item item(byte[] archive) {
    return item(OptionalLong.of(archive.length), Optional.of(sha256(archive)));
  }

  /** One archive that nothing is known of but how long it is. */
  private Item unknown(byte[] archive) {
    return item(OptionalLong.of(archive.length), Optional.empty());
  }

  private Item item(OptionalLong bytes, Optional<String> sha256) {
    URI uri = server.uri("/set.tar.gz");
    return new Item(
        "set",
        Item.Kind.DATA_SET,
        List.of(new RemoteFile("set.tar.gz", uri, bytes, sha256)),
        Optional.of(new Archive("set", 1_000_000, 10)),
        List.of("images.bin"),
        "none");
  }

  private void assertWhole() throws IOException {
    assertThat(dir.resolve("out/set/images.bin")).hasBinaryContent(IMAGES);
    try (Stream<Path> entries = Files.list(dir.resolve("out"))) {
      assertThat(entries).containsExactly(dir.resolve("out/set"));
    }
  }

  private void assertNothingLeft() {
    assertThat(dir).isEmptyDirectory();
  }

  private static Duration retryAfter(String value) {
    return new Reply(
            503,
            java.net.http.HttpHeaders.of(
                java.util.Map.of("Retry-After", List.of(value)), (name, v) -> true))
        .retryAfter();
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] random(int seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static byte[] archive(byte[] images) {
    try {
      return new Tars().folder("set").file("set/images.bin", images).gz();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] content) {
    return digests(content).sha256();
  }

  private static FileDigests digests(byte[] content) {
    try {
      Path file = Files.createTempFile("pixelprobe", ".bin");
      try {
        return FileDigests.of(Files.write(file, content));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
