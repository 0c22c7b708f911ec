package dev.pixelprobe.pipeline.suite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code run}.
 *
 * @param label {@code igpt-s on cifar10, few labels}; no other cell of the suite has it
 * @param variant what sets it apart from other cells of its model and data set; null if nothing
 *     does
 * @param settings in the order of the axes
 */
public record Cell(String label, @Nullable String variant, List<Setting> settings) {
  public Cell {
    settings = List.copyOf(settings);
  }

  /** The flags of {@code run}. */
  public List<String> arguments() {
    return settings.stream().flatMap(setting -> setting.arguments().stream()).toList();
  }
}
