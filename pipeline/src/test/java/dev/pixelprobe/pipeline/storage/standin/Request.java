package dev.pixelprobe.pipeline.storage.standin;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked.
 *
 * @param path decoded, cut at its slashes: those within an object's name are escaped on the wire
 */
public record Request(
    String method, List<String> path, Map<String, String> query, Headers headers, ByteString body) {

  static Request of(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    return of(
        exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
  }

  static Request of(String method, URI uri, Headers headers, byte[] body) throws IOException {
    List<String> path =
        Arrays.stream(uri.getRawPath().substring(1).split("/", -1)).map(Request::decoded).toList();
    return new Request(
        method,
        path,
        query(uri.getRawQuery()),
        headers,
        ByteString.copyFrom(unzipped(headers, body)));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** Whether an object's bytes are asked for. */
  public boolean isMediaRead() {
    return method.equals("GET") && parameter("alt").equals("media");
  }

  /** Whether bytes are sent. */
  public boolean isUpload() {
    return path.get(0).equals("upload");
  }

  /** As in a log: {@code GET /storage/v1/b/bucket/o?prefix=x}. */
  @Override
  public String toString() {
    return "%s /%s %s".formatted(method, String.join("/", path), query);
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.put(decoded(equals < 0 ? pair : pair.substring(0, equals)), decoded(value));
      }
    }
    return query;
  }

  private static String decoded(String escaped) {
    return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static byte[] unzipped(Headers headers, byte[] body) throws IOException {
    return "gzip".equals(headers.getFirst("Content-Encoding"))
        ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes()
        : body;
  }
}
