package dev.pixelprobe.pipeline.suite;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an axis.
 *
 * @param line of the file
 * @param name as given; null without one
 * @param settings in the order of the file
 */
record Entry(int line, @Nullable String name, List<Setting> settings) {
  Entry {
    settings = List.copyOf(settings);
  }

  /** The value of a key; {@code otherwise} if it is not there. */
  String value(String key, String otherwise) {
    return settings.stream()
        .filter(setting -> setting.key().equals(key))
        .map(Setting::value)
        .findFirst()
        .orElse(otherwise);
  }

  /** Its name, or what it says. */
  String label() {
    return name != null
        ? name
        : settings.stream()
            .map(setting -> setting.key().replace('_', ' ') + " " + setting.value())
            .collect(Collectors.joining(", "));
  }
}
