package dev.pixelprobe.pipeline.fetch;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the head of an HTTP answer says about the file. */
record Reply(int status, HttpHeaders headers) {
  private static final int MD5_BYTES = 16;
  private static final int MAX_WAIT_SECONDS = 60;
  private static final Pattern RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d+|\\*)/(\\d{1,18})");

  static Reply of(HttpResponse<?> response) {
    return new Reply(response.statusCode(), response.headers());
  }

  /** Length of the whole file. */
  OptionalLong total() {
    if (status == 200) {
      return headers.firstValueAsLong("Content-Length");
    }
    Matcher range = range();
    return range.matches() ? OptionalLong.of(Long.parseLong(range.group(2))) : OptionalLong.empty();
  }

  /** Whether the body starts at byte {@code offset} of the file. */
  boolean startsAt(long offset) {
    Matcher range = range();
    return range.matches() && range.group(1) != null && Long.parseLong(range.group(1)) == offset;
  }

  private Matcher range() {
    return RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
  }

  /** A strong ETag, else the date of the last change: what {@code If-Range} may ask for. */
  Optional<String> validator() {
    return headers
        .firstValue("ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> headers.firstValue("Last-Modified"));
  }

  /** MD5 of the whole file in hex, as Azure and Google Cloud Storage tell it. */
  Optional<String> md5() {
    Optional<String> google =
        headers.allValues("x-goog-hash").stream()
            .flatMap(value -> Pattern.compile(",").splitAsStream(value))
            .map(String::strip)
            .filter(value -> value.startsWith("md5="))
            .map(value -> value.substring("md5=".length()))
            .findFirst();
    return google
        .or(() -> headers.firstValue("x-ms-blob-content-md5"))
        .or(() -> headers.firstValue("Content-MD5").filter(value -> status == 200))
        .flatMap(Reply::hex);
  }

  private static Optional<String> hex(String base64) {
    try {
      byte[] digest = Base64.getDecoder().decode(base64);
      return digest.length == MD5_BYTES
          ? Optional.of(HexFormat.of().formatHex(digest))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the server may do better in a while. */
  boolean isPassing() {
    return status == 408 || status == 429 || status >= 500;
  }

  /** How long the server asks to be left alone, a minute at most. */
  Duration retryAfter() {
    String seconds = headers.firstValue("Retry-After").orElse("");
    return seconds.matches("\\d{1,5}")
        ? Duration.ofSeconds(Math.min(Integer.parseInt(seconds), MAX_WAIT_SECONDS))
        : Duration.ZERO;
  }
}
