package dev.pixelprobe.pipeline.suite;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Models x data sets x layers x probes x samples x extractors.
 *
 * @param name lower-case letters, digits and hyphens
 * @param cells every combination, the models outermost
 */
public record Suite(String name, List<Cell> cells) {
  private static final int MOST_CELLS = 1000;

  public Suite {
    cells = List.copyOf(cells);
  }

  /**
   * Reads a suite's file.
   *
   * @throws InvalidInputException with file and line, if it is none
   */
  public static Suite read(Path file) throws IOException {
    SuiteFile parsed = SuiteFile.read(file);
    Map<Axis, List<Entry>> axes = parsed.axes();
    long cells = axes.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * b);
    if (cells > MOST_CELLS) {
      throw new InvalidInputException(
          "%s: expected at most %d cells, got %d; make several suites of it"
              .formatted(file, MOST_CELLS, cells));
    }
    List<List<Entry>> combinations = List.of(List.of());
    for (List<Entry> entries : axes.values()) {
      combinations =
          combinations.stream()
              .flatMap(head -> entries.stream().map(entry -> append(head, entry)))
              .toList();
    }
    return new Suite(parsed.name(), cells(file, List.copyOf(axes.keySet()), axes, combinations));
  }

  private static List<Entry> append(List<Entry> head, Entry entry) {
    return Stream.concat(head.stream(), Stream.of(entry)).toList();
  }

  private static List<Cell> cells(
      Path file, List<Axis> order, Map<Axis, List<Entry>> axes, List<List<Entry>> combinations) {
    List<Cell> cells = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (List<Entry> entries : combinations) {
      Cell cell = cell(order, axes, entries);
      if (!labels.add(cell.label())) {
        throw new InvalidInputException(
            "%s:%d: expected cells that can be told apart, got two of %s; give entries of the same model or data set a name each"
                .formatted(file, latest(entries, axes), cell.label()));
      }
      cells.add(cell);
    }
    return cells;
  }

  /** The line of the last entry that is one of several. */
  private static int latest(List<Entry> entries, Map<Axis, List<Entry>> axes) {
    return entries.stream()
        .filter(entry -> axes.values().stream().anyMatch(a -> a.size() > 1 && a.contains(entry)))
        .mapToInt(Entry::line)
        .max()
        .orElseThrow();
  }

  private static Cell cell(List<Axis> order, Map<Axis, List<Entry>> axes, List<Entry> entries) {
    List<@Nullable String> parts = new ArrayList<>();
    String model = "";
    String dataset = "";
    for (int i = 0; i < entries.size(); i++) {
      Axis axis = order.get(i);
      Entry entry = entries.get(i);
      switch (axis) {
        case MODELS -> model = lastPart(entry.value(axis.mainKey(), ""));
        case DATASETS -> dataset = entry.value(axis.mainKey(), "");
        default -> {}
      }
      boolean ofRun = axis == Axis.MODELS || axis == Axis.DATASETS;
      parts.add(
          ofRun || axes.getOrDefault(axis, List.of()).size() == 1 ? entry.name() : entry.label());
    }
    String variant = parts.stream().filter(Objects::nonNull).collect(Collectors.joining(", "));
    String subject = model + " on " + dataset;
    return new Cell(
        variant.isEmpty() ? subject : subject + ", " + variant,
        variant.isEmpty() ? null : variant,
        entries.stream().flatMap(entry -> entry.settings().stream()).toList());
  }

  private static String lastPart(String path) {
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
