package dev.pixelprobe.pipeline.storage.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;

/** What the service answers. */
record Reply(int status, Map<String, String> headers, ByteString body) {
  static Reply json(JsonNode tree) {
    return json(200, tree);
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), ByteString.EMPTY);
  }

  /** In the form in which Google's services say what went wrong. */
  static Reply error(int status, String reason, String message) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("code", status).put("message", message);
    error.putArray("errors").addObject().put("reason", reason).put("message", message);
    return json(status, JsonNodeFactory.instance.objectNode().set("error", error));
  }

  static Reply noSuchBucket(String bucket) {
    return error(404, "notFound", "The specified bucket does not exist: " + bucket);
  }

  static Reply noSuchObject(String bucket, String object) {
    return error(404, "notFound", "No such object: %s/%s".formatted(bucket, object));
  }

  static Reply preconditionFailed() {
    return error(412, "conditionNotMet", "At least one of the pre-conditions did not hold.");
  }

  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }

  private static Reply json(int status, JsonNode tree) {
    ByteString body = ByteString.copyFromUtf8(tree.toString());
    return new Reply(status, Map.of("Content-Type", "application/json; charset=UTF-8"), body);
  }
}
