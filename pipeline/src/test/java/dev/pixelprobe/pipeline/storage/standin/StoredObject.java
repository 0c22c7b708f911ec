package dev.pixelprobe.pipeline.storage.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * One version of an object.
 *
 * @param settings what the uploader said of it: {@code contentType}, {@code metadata} and so on
 * @param generation greater than that of any version before it in the whole service
 */
record StoredObject(
    String bucket,
    String name,
    ByteString bytes,
    JsonNode settings,
    long generation,
    Instant created) {

  /** The object resource of the JSON API. */
  ObjectNode resource() {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("kind", "storage#object");
    resource.put("id", "%s/%s/%d".formatted(bucket, name, generation));
    resource.put("bucket", bucket).put("name", name);
    resource.put("generation", String.valueOf(generation)).put("metageneration", "1");
    resource.put("size", String.valueOf(bytes.size()));
    resource.put("crc32c", crc32c()).put("md5Hash", md5());
    resource.put("etag", "\"%d\"".formatted(generation));
    resource.put("storageClass", "STANDARD");
    resource.put("timeCreated", created.toString()).put("updated", created.toString());
    resource.put("contentType", settings.path("contentType").asText("application/octet-stream"));
    if (settings.has("metadata")) {
      resource.set("metadata", settings.get("metadata"));
    }
    return resource;
  }

  /** Whether the checksums that the uploader gave, if any, are those of the bytes. */
  boolean isIntact() {
    return settings.path("crc32c").asText(crc32c()).equals(crc32c())
        && settings.path("md5Hash").asText(md5()).equals(md5());
  }

  String crc32c() {
    CRC32C crc = new CRC32C();
    crc.update(bytes.asReadOnlyByteBuffer());
    byte[] bigEndian = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bigEndian);
  }

  String md5() {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("MD5").digest(bytes.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
