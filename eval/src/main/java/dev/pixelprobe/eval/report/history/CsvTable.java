package dev.pixelprobe.eval.report.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.pixelprobe.eval.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A CSV file with a line for each image: its id, then cells of one kind. */
final class CsvTable<T> {
  /** Makes a line's cells, the id left out, into a value. */
  @FunctionalInterface
  interface Row<T> {
    /** Throws NumberFormatException for a cell that is no number. */
    T parse(List<String> cells);
  }

  private final Path file;
  private final String expected;
  private final List<String> columns;
  private final Map<String, T> rows = new TreeMap<>();

  private CsvTable(Path file, String expected, List<String> columns) {
    this.file = file;
    this.expected = expected;
    this.columns = columns;
  }

  /**
   * Reads a file; empty if there is none.
   *
   * @param expected what it holds, for people
   * @param firstColumns how the header begins
   * @throws InvalidInputException if it is damaged
   */
  static <T> Optional<CsvTable<T>> read(
      Path file, String expected, List<String> firstColumns, Row<T> row) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (MappingIterator<String[]> lines =
        new CsvMapper()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .readerFor(String[].class)
            .readValues(file.toFile())) {
      List<String> header = lines.hasNextValue() ? List.of(lines.nextValue()) : List.of();
      CsvTable<T> table = new CsvTable<>(file, expected, header);
      if (header.size() < firstColumns.size()
          || !header.subList(0, firstColumns.size()).equals(firstColumns)) {
        throw table.damaged("the header " + header, null);
      }
      table.fill(lines, row);
      return Optional.of(table);
    } catch (JsonProcessingException e) {
      String got = e.getOriginalMessage().lines().findFirst().orElse("a damaged line");
      throw new CsvTable<T>(file, expected, List.of()).damaged(got, e);
    }
  }

  private void fill(MappingIterator<String[]> lines, Row<T> row) throws IOException {
    while (lines.hasNextValue()) {
      List<String> line = List.of(lines.nextValue());
      if (line.size() != columns.size()) {
        throw damaged("a line of %d after %d".formatted(line.size(), rows.size()), null);
      }
      if (rows.put(line.get(0), parse(line, row)) != null) {
        throw damaged(line.get(0) + " twice", null);
      }
    }
  }

  private T parse(List<String> line, Row<T> row) {
    try {
      return row.parse(line.subList(1, line.size()));
    } catch (NumberFormatException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private InvalidInputException damaged(String got, @Nullable Exception cause) {
    return new InvalidInputException(
        "%s: expected %s, got %s; the run is compared without".formatted(file, expected, got),
        cause);
  }

  /** The header, the id's column included. */
  List<String> columns() {
    return columns;
  }

  /** By id. */
  Map<String, T> rows() {
    return rows;
  }
}
