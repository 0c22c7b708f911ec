package dev.pixelprobe.pipeline.storage.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three ways of sending an object: plain, in one message with its settings, in pieces. */
final class Uploads {
  private static final Pattern PIECE =
      Pattern.compile("bytes (?:(\\d+)-(\\d+|\\*)|\\*)/(\\d+|\\*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Buckets buckets;
  private final String root;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();

  Uploads(Buckets buckets, String root) {
    this.buckets = buckets;
    this.root = root;
  }

  private record Session(
      String bucket,
      String object,
      JsonNode settings,
      String ifGenerationMatch,
      ByteArrayOutputStream bytes) {}

  Reply handle(String bucket, Request request) throws IOException {
    return switch (request.parameter("uploadType")) {
      case "media" ->
          buckets.put(
              bucket,
              request.parameter("name"),
              request.body(),
              JsonNodeFactory.instance.objectNode(),
              request.parameter("ifGenerationMatch"));
      case "multipart" -> multipart(bucket, request);
      case "resumable" ->
          request.query().containsKey("upload_id") ? resume(request) : begin(bucket, request);
      default -> Reply.error(400, "invalid", "uploadType: " + request.parameter("uploadType"));
    };
  }

  private Reply multipart(String bucket, Request request) throws IOException {
    Multipart parts = Multipart.of(request);
    JsonNode settings = JSON.readTree(parts.get(0).body().toByteArray());
    return buckets.put(
        bucket,
        settings.path("name").asText(request.parameter("name")),
        parts.get(1).body(),
        settings,
        request.parameter("ifGenerationMatch"));
  }

  private Reply begin(String bucket, Request request) throws IOException {
    if (!buckets.has(bucket)) {
      return Reply.noSuchBucket(bucket);
    }
    JsonNode settings =
        request.body().size() == 0
            ? JsonNodeFactory.instance.objectNode()
            : JSON.readTree(request.body().toByteArray());
    String object = settings.path("name").asText(request.parameter("name"));
    String id = "upload-" + opened.incrementAndGet();
    String condition = request.parameter("ifGenerationMatch");
    sessions.put(id, new Session(bucket, object, settings, condition, new ByteArrayOutputStream()));
    return Reply.empty(200)
        .with(
            "Location",
            "%s/upload/storage/v1/b/%s/o?uploadType=resumable&upload_id=%s"
                .formatted(root, bucket, id));
  }

  private Reply resume(Request request) {
    Session session = sessions.get(request.parameter("upload_id"));
    if (session == null) {
      return Reply.error(404, "notFound", "no such upload");
    }
    if (request.method().equals("DELETE")) {
      sessions.remove(request.parameter("upload_id"));
      return Reply.empty(499);
    }
    synchronized (session) {
      return piece(session, request);
    }
  }

  /** Keeps a piece that goes on where the last one ended, and of an older one what is new. */
  private Reply piece(Session session, Request request) {
    Matcher range =
        PIECE.matcher(request.header("Content-Range").orElse("bytes 0-*/" + request.body().size()));
    if (!range.matches()) {
      return Reply.error(400, "invalid", "Content-Range");
    }
    int stored = session.bytes.size();
    if (range.group(1) != null) {
      int known = stored - Integer.parseInt(range.group(1));
      if (known < 0 || known > request.body().size()) {
        return Reply.error(503, "backendError", "a piece that does not go on from the last");
      }
      session.bytes.write(request.body().toByteArray(), known, request.body().size() - known);
    }
    boolean whole = range.group(3).equals(String.valueOf(session.bytes.size()));
    return whole ? finish(session) : incomplete(session.bytes.size());
  }

  private Reply finish(Session session) {
    return buckets.put(
        session.bucket,
        session.object,
        ByteString.copyFrom(session.bytes.toByteArray()),
        session.settings,
        session.ifGenerationMatch);
  }

  private static Reply incomplete(int stored) {
    Reply reply = Reply.empty(308);
    return stored == 0 ? reply : reply.with("Range", "bytes=0-%d".formatted(stored - 1));
  }
}
