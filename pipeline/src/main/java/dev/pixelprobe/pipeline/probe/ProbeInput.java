package dev.pixelprobe.pipeline.probe;

import java.io.Serializable;
import java.util.List;

/**
 * What one probe reads.
 *
 * @param columns labels of a feature set's columns ({@code ln_1_4}), read side by side; or the name
 *     of a baseline alone
 */
public record ProbeInput(List<String> columns) implements Serializable {
  public ProbeInput {
    columns = List.copyOf(columns);
  }

  /** One column, or a baseline, for itself. */
  public static ProbeInput column(String label) {
    return new ProbeInput(List.of(label));
  }
}
