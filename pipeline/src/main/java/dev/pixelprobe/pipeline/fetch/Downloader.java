package dev.pixelprobe.pipeline.fetch;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.fetch.PartFile.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Gets files over HTTP, one after another. A cut connection is taken up where it broke, as long as
 * the server tells (by ETag or date) that the file is still the same; if it does not, the file
 * starts anew.
 */
public final class Downloader {
  private static final long PROGRESS_BYTES = 1 << 20;
  private static final long MAX_BYTES = 8L << 30;

  private final HttpClient client;
  private final Patience patience;
  private final Consumer<String> warnings;
  private final AtomicLong received = new AtomicLong();
  private long ofEarlierFiles;
  private boolean reached;

  /**
   * @param warnings is told, in one line each, about what went wrong on the way
   */
  public Downloader(Patience patience, Consumer<String> warnings) {
    this.patience = patience;
    this.warnings = warnings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.connect())
            .build();
  }

  /** Bytes of all files so far, those of an earlier try included; read by any thread. */
  public long received() {
    return received.get();
  }

  /**
   * Gets the whole file into {@code part}, with pauses and in pieces if it must be.
   *
   * @return MD5 in hex, if the server told it
   * @throws InvalidInputException if the file has another length than it should
   * @throws UnavailableException if the server does not give it; what came is kept in {@code part}
   */
  Optional<String> download(RemoteFile file, URI uri, PartFile part) throws IOException {
    int failures = 0;
    long before = part.length();
    while (true) {
      try {
        attempt(file, uri, part);
        ofEarlierFiles += part.length();
        return part.origin().map(Origin::md5);
      } catch (UnavailableException e) {
        failures = part.length() - before >= PROGRESS_BYTES ? 1 : failures + 1;
        if (!e.isPassing() || failures > patience.retries()) {
          throw e;
        }
        before = part.length();
        pause(e, failures);
      }
    }
  }

  private void pause(UnavailableException e, int failures) throws InterruptedIOException {
    Duration own = patience.before(failures);
    Duration wait = own.compareTo(e.retryAfter()) >= 0 ? own : e.retryAfter();
    warnings.accept(
        "%s; trying again in %.0f s".formatted(e.getMessage(), wait.toMillis() / 1000.0));
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private void attempt(RemoteFile file, URI uri, PartFile part) throws IOException {
    if (!continues(part, file, uri)) {
      part.discard();
    }
    long from = part.length();
    received.set(ofEarlierFiles + from);
    if (from > 0 && file.bytes().isPresent() && from == file.bytes().getAsLong()) {
      return;
    }
    HttpResponse<InputStream> response = send(request(uri, from, part), uri);
    try (InputStream body = response.body()) {
      Reply reply = Reply.of(response);
      if (reply.status() == 200) {
        checkLength(file, uri, reply);
        part.restart(
            new Origin(uri.toString(), reply.validator().orElse(null), reply.md5().orElse(null)));
        copy(body, file, uri, reply, part);
      } else if (from > 0 && reply.status() == 206 && isOfSameVersion(reply, from, part)) {
        copy(body, file, uri, reply, part);
      } else if (from > 0 && (reply.status() == 206 || reply.status() == 416)) {
        if (reply.status() == 206 || reply.total().orElse(-1) != from) {
          part.discard();
          attempt(file, uri, part);
        }
      } else {
        throw UnavailableException.answered(uri, reply);
      }
    }
  }

  /** Bytes from elsewhere, or that nothing tells the version of, are no start. */
  private static boolean continues(PartFile part, RemoteFile file, URI uri) {
    return part.origin()
        .filter(origin -> uri.toString().equals(origin.url()))
        .filter(origin -> origin.validator() != null || file.sha256().isPresent())
        .isPresent();
  }

  private static boolean isOfSameVersion(Reply reply, long from, PartFile part) {
    Optional<String> version = part.origin().map(Origin::validator);
    boolean same =
        version.isEmpty() || reply.validator().isEmpty() || reply.validator().equals(version);
    return same && reply.startsAt(from);
  }

  private HttpRequest request(URI uri, long from, PartFile part) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(patience.stall())
            .header("User-Agent", "pixelprobe")
            .header("Accept-Encoding", "identity");
    if (from > 0) {
      request.header("Range", "bytes=%d-".formatted(from));
      part.origin().map(Origin::validator).ifPresent(tag -> request.header("If-Range", tag));
    }
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request, URI uri) throws IOException {
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      reached = true;
      return response;
    } catch (IOException e) {
      throw UnavailableException.of(uri, e, reached);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void copy(InputStream body, RemoteFile file, URI uri, Reply reply, PartFile part)
      throws IOException {
    long limit = file.bytes().orElse(reply.total().orElse(MAX_BYTES));
    long length = part.length();
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = part.append();
        StallGuard guard = new StallGuard(body, patience.stall())) {
      for (int n = read(body, buffer, uri, guard); n >= 0; n = read(body, buffer, uri, guard)) {
        length += n;
        if (length > limit) {
          throw wrongLength(uri, limit, "more");
        }
        out.write(buffer, 0, n);
        received.set(ofEarlierFiles + length);
        guard.progress();
      }
    }
    if (file.bytes().isPresent() && length < limit) {
      throw UnavailableException.broken(
          uri, "it ended after %,d of %,d bytes".formatted(length, limit));
    }
  }

  private int read(InputStream body, byte[] buffer, URI uri, StallGuard guard)
      throws UnavailableException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw guard.stalled()
          ? UnavailableException.broken(
              uri, "no byte came for %d s".formatted(patience.stall().toSeconds()))
          : UnavailableException.of(uri, e, reached);
    }
  }

  private static void checkLength(RemoteFile file, URI uri, Reply reply) {
    boolean known = file.bytes().isPresent() && reply.total().isPresent();
    if (known && file.bytes().getAsLong() != reply.total().getAsLong()) {
      throw wrongLength(uri, file.bytes().getAsLong(), "%,d".formatted(reply.total().getAsLong()));
    }
  }

  private static InvalidInputException wrongLength(URI uri, long expected, String got) {
    return new InvalidInputException(
        "%s: expected %,d bytes, got %s; name another source with --from URL"
            .formatted(uri, expected, got));
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
