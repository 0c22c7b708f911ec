package dev.pixelprobe.eval.report.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.pixelprobe.eval.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each probe of a run took each test image for. In {@code predictions.csv}: a header {@code
 * id,label,ln_1 0,ln_1 1,..} whose further columns are named by {@link
 * dev.pixelprobe.eval.Subject#label}, then a line for each test image; label and predictions are
 * numbers of classes. Quotes as in RFC 4180, UTF-8.
 */
public final class Predictions {
  /** In the run's folder. */
  public static final String FILE = "predictions.csv";

  private static final int FIRST_PROBE = 2;

  private final List<String> columns;
  private final Map<String, int[]> rows;

  private Predictions(List<String> columns, Map<String, int[]> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  static Optional<Predictions> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (MappingIterator<String[]> lines =
        new CsvMapper()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .readerFor(String[].class)
            .readValues(file.toFile())) {
      return Optional.of(parse(file, lines));
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage().lines().findFirst().orElse("a damaged line"), e);
    } catch (NumberFormatException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static Predictions parse(Path file, MappingIterator<String[]> lines) throws IOException {
    List<String> header = lines.hasNextValue() ? List.of(lines.nextValue()) : List.of();
    if (header.size() <= FIRST_PROBE
        || !header.subList(0, FIRST_PROBE).equals(List.of("id", "label"))) {
      throw damaged(file, "the header " + header, null);
    }
    Map<String, int[]> rows = new TreeMap<>();
    while (lines.hasNextValue()) {
      String[] line = lines.nextValue();
      if (line.length != header.size()) {
        throw damaged(file, "a line of %d after %d".formatted(line.length, rows.size()), null);
      }
      int[] classes = Arrays.stream(line).skip(1).mapToInt(Integer::parseInt).toArray();
      if (rows.put(line[0], classes) != null) {
        throw damaged(file, line[0] + " twice", null);
      }
    }
    return new Predictions(header.subList(1, header.size()), rows);
  }

  private static InvalidInputException damaged(Path file, String got, @Nullable Exception cause) {
    return new InvalidInputException(
        "%s: expected id,label and a column for each probe, got %s; the run is compared without"
            .formatted(file, got),
        cause);
  }

  /** Whether both are of the same images, with the same labels. */
  public boolean sameImagesAs(Predictions other) {
    return rows.keySet().equals(other.rows.keySet())
        && rows.entrySet().stream()
            .allMatch(row -> other.isLabelled(row.getKey(), row.getValue()[0]));
  }

  private boolean isLabelled(String id, int label) {
    int[] classes = rows.get(id);
    return classes != null && classes[0] == label;
  }

  /** Whether predictions of the probe of this label are there. */
  public boolean has(String column) {
    return columns.indexOf(column) > 0;
  }

  public int images() {
    return rows.size();
  }

  /** For each image, in the order of ids, whether {@code column} names its class. */
  public boolean[] right(String column) {
    int at = columns.indexOf(column);
    boolean[] right = new boolean[rows.size()];
    int i = 0;
    for (int[] classes : rows.values()) {
      right[i++] = classes[at] == classes[0];
    }
    return right;
  }
}
