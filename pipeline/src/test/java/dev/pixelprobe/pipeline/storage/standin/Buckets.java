package dev.pixelprobe.pipeline.storage.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** All objects, in memory. Only the latest version of each is kept. */
final class Buckets {
  private final Map<String, NavigableMap<String, StoredObject>> buckets = new TreeMap<>();
  private long generation = 1_700_000_000_000_000L;

  synchronized void create(String bucket) {
    buckets.computeIfAbsent(bucket, name -> new TreeMap<>());
  }

  synchronized boolean has(String bucket) {
    return buckets.containsKey(bucket);
  }

  synchronized Optional<StoredObject> find(String bucket, String object) {
    return Optional.ofNullable(objects(bucket).get(object));
  }

  synchronized List<String> names(String bucket) {
    return List.copyOf(objects(bucket).keySet());
  }

  /**
   * Puts an object in the place of an older one.
   *
   * @param ifGenerationMatch empty for no condition; {@code 0} that there be none yet
   */
  synchronized Reply put(
      String bucket, String object, ByteString bytes, JsonNode settings, String ifGenerationMatch) {
    if (!has(bucket)) {
      return Reply.noSuchBucket(bucket);
    }
    if (!matches(bucket, object, ifGenerationMatch)) {
      return Reply.preconditionFailed();
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    StoredObject stored = new StoredObject(bucket, object, bytes, settings, ++generation, now);
    if (!stored.isIntact()) {
      return Reply.error(400, "invalid", "Provided checksum does not match that of the bytes.");
    }
    objects(bucket).put(object, stored);
    return Reply.json(stored.resource())
        .with("X-Goog-Stored-Content-Length", String.valueOf(bytes.size()));
  }

  synchronized Reply delete(String bucket, String object, String ifGenerationMatch) {
    if (find(bucket, object).isEmpty()) {
      return Reply.noSuchObject(bucket, object);
    }
    if (!matches(bucket, object, ifGenerationMatch)) {
      return Reply.preconditionFailed();
    }
    objects(bucket).remove(object);
    return Reply.empty(204);
  }

  /** One page of the objects whose names begin with a prefix, and of what is cut at delimiters. */
  synchronized Reply list(String bucket, Request request, int pageSize) {
    if (!has(bucket)) {
      return Reply.noSuchBucket(bucket);
    }
    String prefix = request.parameter("prefix");
    String delimiter = request.parameter("delimiter");
    List<StoredObject> items = new ArrayList<>();
    NavigableSet<String> prefixes = new TreeSet<>();
    ObjectNode page = JsonNodeFactory.instance.objectNode().put("kind", "storage#objects");
    for (StoredObject object : after(bucket, request.parameter("pageToken"))) {
      int cut = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
      if (!object.name().startsWith(prefix)) {
        continue;
      }
      if (items.size() + prefixes.size() == pageSize) {
        page.put("nextPageToken", items.isEmpty() ? prefixes.last() : last(items, prefixes));
        break;
      }
      if (cut < 0) {
        items.add(object);
      } else {
        prefixes.add(object.name().substring(0, cut + delimiter.length()));
      }
    }
    items.forEach(item -> page.withArray("items").add(item.resource()));
    prefixes.forEach(page.withArray("prefixes")::add);
    return Reply.json(page);
  }

  private static String last(List<StoredObject> items, NavigableSet<String> prefixes) {
    String item = items.get(items.size() - 1).name();
    return prefixes.isEmpty() || item.compareTo(prefixes.last()) > 0 ? item : prefixes.last();
  }

  /** What comes after an object's name, or after all that begin with a prefix. */
  private Iterable<StoredObject> after(String bucket, String token) {
    NavigableMap<String, StoredObject> all = objects(bucket);
    if (token.isEmpty()) {
      return all.values();
    }
    return all.containsKey(token)
        ? all.tailMap(token, false).values()
        : all.tailMap(token + Character.MAX_VALUE, false).values();
  }

  /** Those of a bucket; of one that does not exist, none. */
  private NavigableMap<String, StoredObject> objects(String bucket) {
    return buckets.getOrDefault(bucket, new TreeMap<>());
  }

  private boolean matches(String bucket, String object, String ifGenerationMatch) {
    long current = find(bucket, object).map(StoredObject::generation).orElse(0L);
    return ifGenerationMatch.isEmpty() || Long.parseLong(ifGenerationMatch) == current;
  }
}
