package dev.pixelprobe.pipeline.storage.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each path and method of the JSON API does. */
final class JsonApi {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BATCH = "batch_of_replies";

  private final Buckets buckets;
  private final Uploads uploads;
  private volatile int pageSize = 1000;

  JsonApi(Buckets buckets, Uploads uploads) {
    this.buckets = buckets;
    this.uploads = uploads;
  }

  void pageSize(int most) {
    pageSize = most;
  }

  Reply handle(Request request) throws IOException {
    List<String> path = request.path();
    return switch (path.get(0)) {
      case "batch" -> batch(request);
      case "upload" -> uploads.handle(path.get(4), request);
      case "download" -> storage(path.subList(1, path.size()), request);
      default -> storage(path, request);
    };
  }

  /** {@code storage/v1/b[/BUCKET[/o[/OBJECT[/VERB..]]]]}. */
  private Reply storage(List<String> path, Request request) throws IOException {
    return switch (path.size()) {
      case 3 -> createBucket(request);
      case 4 -> bucket(path.get(3));
      case 5 -> buckets.list(path.get(3), request, mostOf(request));
      case 6 -> object(path.get(3), path.get(5), request);
      case 7 -> compose(path.get(3), path.get(5), request);
      default -> copy(path, request);
    };
  }

  private int mostOf(Request request) {
    String most = request.parameter("maxResults");
    return most.isEmpty() ? pageSize : Math.min(pageSize, Integer.parseInt(most));
  }

  private Reply createBucket(Request request) throws IOException {
    String name = JSON.readTree(request.body().toByteArray()).path("name").asText();
    buckets.create(name);
    return bucket(name);
  }

  private Reply bucket(String name) {
    if (!buckets.has(name)) {
      return Reply.noSuchBucket(name);
    }
    ObjectNode resource = JsonNodeFactory.instance.objectNode().put("kind", "storage#bucket");
    resource.put("id", name).put("name", name).put("projectNumber", "1");
    return Reply.json(resource.put("location", "EU").put("storageClass", "STANDARD"));
  }

  private Reply object(String bucket, String name, Request request) {
    if (request.method().equals("DELETE")) {
      return buckets.delete(bucket, name, request.parameter("ifGenerationMatch"));
    }
    if (!buckets.has(bucket)) {
      return Reply.noSuchBucket(bucket);
    }
    Optional<StoredObject> object = buckets.find(bucket, name).filter(o -> isAsked(o, request));
    if (object.isEmpty()) {
      return Reply.noSuchObject(bucket, name);
    }
    return request.isMediaRead()
        ? media(object.get(), request)
        : Reply.json(object.get().resource());
  }

  private static boolean isAsked(StoredObject object, Request request) {
    String generation = request.parameter("generation");
    return generation.isEmpty() || generation.equals(String.valueOf(object.generation()));
  }

  private static Reply media(StoredObject object, Request request) {
    ByteString all = object.bytes();
    Reply whole =
        Reply.empty(200)
            .with("Content-Type", object.resource().path("contentType").asText())
            .with("X-Goog-Generation", String.valueOf(object.generation()))
            .with("X-Goog-Metageneration", "1")
            .with("X-Goog-Stored-Content-Encoding", "identity")
            .with("X-Goog-Stored-Content-Length", String.valueOf(all.size()))
            .with("X-Goog-Hash", "crc32c=%s,md5=%s".formatted(object.crc32c(), object.md5()));
    Matcher range = RANGE.matcher(request.header("Range").orElse("bytes=0-"));
    if (!range.matches()) {
      return Reply.error(400, "invalid", "Range: " + request.header("Range"));
    }
    int from = Integer.parseInt(range.group(1));
    if (from > 0 && from >= all.size()) {
      return Reply.error(416, "requestedRangeNotSatisfiable", "Range: " + range.group());
    }
    String last = range.group(2);
    int to = last.isEmpty() ? all.size() : (int) Math.min(all.size(), Long.parseLong(last) + 1);
    ByteString part = all.substring(from, to);
    if (request.header("Range").isEmpty() || all.size() == 0) {
      return new Reply(200, whole.headers(), part);
    }
    return new Reply(206, whole.headers(), part)
        .with("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, all.size()));
  }

  /** {@code storage/v1/b/B/o/O/rewriteTo|copyTo/b/B2/o/O2}. */
  private Reply copy(List<String> path, Request request) {
    Optional<StoredObject> source = buckets.find(path.get(3), path.get(5));
    if (source.isEmpty()) {
      return Reply.noSuchObject(path.get(3), path.get(5));
    }
    StoredObject object = source.get();
    Reply put =
        buckets.put(
            path.get(8),
            path.get(10),
            object.bytes(),
            object.settings(),
            request.parameter("ifGenerationMatch"));
    if (put.status() != 200 || path.get(6).equals("copyTo")) {
      return put;
    }
    String size = String.valueOf(object.bytes().size());
    ObjectNode rewritten = JsonNodeFactory.instance.objectNode().put("done", true);
    rewritten.put("totalBytesRewritten", size).put("objectSize", size);
    rewritten.set("resource", buckets.find(path.get(8), path.get(10)).orElseThrow().resource());
    return Reply.json(rewritten);
  }

  private Reply compose(String bucket, String name, Request request) throws IOException {
    JsonNode wish = JSON.readTree(request.body().toByteArray());
    ByteString.Output all = ByteString.newOutput();
    for (JsonNode source : wish.path("sourceObjects")) {
      Optional<StoredObject> part = buckets.find(bucket, source.path("name").asText());
      if (part.isEmpty()) {
        return Reply.noSuchObject(bucket, source.path("name").asText());
      }
      part.get().bytes().writeTo(all);
    }
    return buckets.put(
        bucket,
        name,
        all.toByteString(),
        wish.path("destination"),
        request.parameter("ifGenerationMatch"));
  }

  /** Several requests in one message, each answered in its place. */
  private Reply batch(Request request) throws IOException {
    StringBuilder replies = new StringBuilder();
    for (Multipart.Part part : Multipart.of(request).parts()) {
      Reply reply = handle(inner(part));
      replies.append("--%s\r\nContent-Type: application/http\r\n".formatted(BATCH));
      replies.append("Content-ID: <response-%s>\r\n\r\n".formatted(idOf(part)));
      replies.append("HTTP/1.1 %d %s\r\n".formatted(reply.status(), "Answer"));
      reply.headers().forEach((name, value) -> replies.append(name + ": " + value + "\r\n"));
      replies.append("Content-Length: %d\r\n\r\n".formatted(reply.body().size()));
      replies.append(reply.body().toStringUtf8()).append("\r\n");
    }
    replies.append("--%s--\r\n".formatted(BATCH));
    ByteString body = ByteString.copyFromUtf8(replies.toString());
    return new Reply(200, Map.of(), body)
        .with("Content-Type", "multipart/mixed; boundary=" + BATCH);
  }

  private static Request inner(Multipart.Part part) throws IOException {
    String text = part.text();
    int line = text.indexOf("\r\n");
    String[] words = text.substring(0, line).split(" ", -1);
    Multipart.Part message = Multipart.Part.of(text.substring(line + 2));
    return Request.of(
        words[0], URI.create(words[1]), message.headers(), message.body().toByteArray());
  }

  private static String idOf(Multipart.Part part) {
    String id = part.headers().getFirst("Content-ID");
    return id == null ? "" : id.replaceAll("[<>]", "");
  }
}
