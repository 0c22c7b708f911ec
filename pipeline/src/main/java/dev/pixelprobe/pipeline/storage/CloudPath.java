package dev.pixelprobe.pipeline.storage;

import dev.pixelprobe.model.InvalidInputException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in Cloud Storage.
 *
 * @param name of an object, or what the names of a folder's objects begin with; empty for the whole
 *     bucket; without a slash at its end
 */
public record CloudPath(String bucket, String name) {
  private static final String SCHEME = "gs://";
  private static final Pattern FORM =
      Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/(.*?)/?)?");

  /** Whether a location is meant to be in Cloud Storage, well written or not. */
  public static boolean isOne(String location) {
    return location.startsWith("gs:");
  }

  /**
   * Reads {@code gs://bucket/name}.
   *
   * @throws InvalidInputException if it is anything else, or has empty, {@code .} or {@code ..}
   *     parts
   */
  public static CloudPath parse(String location) {
    Matcher matcher = FORM.matcher(location);
    String name = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "";
    if (!matcher.matches() || !isPlain(name)) {
      throw new InvalidInputException(
          "%s: expected gs://BUCKET/PATH without empty, . or .. parts, got this; mend it"
              .formatted(location));
    }
    return new CloudPath(matcher.group(1), name);
  }

  /** Whether it names a file below a folder, on a disk too. */
  static boolean isPlain(String name) {
    return name.isEmpty()
        || (name.indexOf('\0') < 0
            && Arrays.stream(name.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals("..")));
  }

  public CloudPath resolve(String child) {
    return new CloudPath(bucket, name.isEmpty() ? child : name + "/" + child);
  }

  /** The folder that it lies in. */
  CloudPath parent() {
    int slash = name.lastIndexOf('/');
    return new CloudPath(bucket, slash < 0 ? "" : name.substring(0, slash));
  }

  /** The last part of the name; the bucket's own for a whole bucket. */
  String lastPart() {
    return name.isEmpty() ? bucket : name.substring(name.lastIndexOf('/') + 1);
  }

  /** What the names of the objects below it begin with. */
  String prefix() {
    return name.isEmpty() ? "" : name + "/";
  }

  @Override
  public String toString() {
    return name.isEmpty() ? SCHEME + bucket : SCHEME + bucket + "/" + name;
  }
}
