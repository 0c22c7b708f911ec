package dev.pixelprobe.eval.report.history;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.results.PerImageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each probe of a run took each test image for: {@link PerImageFiles#PREDICTIONS}. */
public final class Predictions {
  private static final List<String> FIRST_COLUMNS = List.of("id", "label");

  private final List<String> columns;
  private final Map<String, int[]> rows;

  private Predictions(List<String> columns, Map<String, int[]> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads those of a run; empty if it kept none.
   *
   * @throws InvalidInputException if the file is damaged
   */
  static Optional<Predictions> read(Path folder) throws IOException {
    return CsvTable.read(
            folder.resolve(PerImageFiles.PREDICTIONS),
            "id,label and a column for each probe",
            FIRST_COLUMNS,
            cells -> cells.stream().mapToInt(Integer::parseInt).toArray())
        .map(table -> new Predictions(table.columns(), table.rows()));
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
    return columns.indexOf(column) >= FIRST_COLUMNS.size();
  }

  public int images() {
    return rows.size();
  }

  /** For each image, in the order of ids, whether {@code column} names its class. */
  public boolean[] right(String column) {
    int at = columns.indexOf(column) - 1;
    boolean[] right = new boolean[rows.size()];
    int i = 0;
    for (int[] classes : rows.values()) {
      right[i++] = classes[at] == classes[0];
    }
    return right;
  }
}
