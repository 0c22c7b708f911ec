package dev.pixelprobe.pipeline.suite;

import java.util.List;

/**
 * A key with its value.
 *
 * @param line of the file
 * @param value several with commas between them
 */
public record Setting(int line, String key, Kind kind, String value) {
  /** The flag of {@code run} that says the same; none for what is switched off. */
  public List<String> arguments() {
    String flag = "--" + key.replace('_', '-');
    if (kind == Kind.YES_NO) {
      return value.equals("true") ? List.of(flag) : List.of();
    }
    return List.of(flag, value);
  }
}
