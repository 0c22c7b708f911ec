package dev.pixelprobe.pipeline.storage.standin;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body of several parts (RFC 2046). */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  private final List<Part> parts = new ArrayList<>();

  private Multipart() {}

  /** Bytes with headers of their own. */
  record Part(Headers headers, ByteString body) {
    /** The bytes up to the first empty line as headers, the rest as the body. */
    static Part of(String latin1) {
      int end = latin1.indexOf("\r\n\r\n");
      Headers headers = new Headers();
      for (String line : latin1.substring(0, Math.max(end, 0)).split("\r\n", -1)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          headers.add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
      }
      String body = end < 0 ? "" : latin1.substring(end + 4);
      return new Part(headers, ByteString.copyFrom(body, StandardCharsets.ISO_8859_1));
    }

    String text() {
      return body.toString(StandardCharsets.ISO_8859_1);
    }
  }

  static Multipart of(Request request) {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!boundary.find()) {
      throw new IllegalArgumentException("expected a boundary: " + request);
    }
    String delimiter = "--" + boundary.group(1);
    String latin1 = "\r\n" + request.body().toString(StandardCharsets.ISO_8859_1);
    Multipart multipart = new Multipart();
    String[] pieces = latin1.split("\r\n" + Pattern.quote(delimiter), -1);
    for (int piece = 1; piece < pieces.length && !pieces[piece].startsWith("--"); piece++) {
      multipart.parts.add(Part.of(pieces[piece].substring(2)));
    }
    return multipart;
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  Part get(int index) {
    return parts.get(index);
  }
}
