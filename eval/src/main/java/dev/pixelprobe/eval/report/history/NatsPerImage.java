package dev.pixelprobe.eval.report.history;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.results.PerImageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each test image of a run cost: {@link PerImageFiles#NATS}. */
public final class NatsPerImage {
  private static final List<String> COLUMNS = List.of("id", "nats_per_token");

  private final Map<String, Double> rows;

  private NatsPerImage(Map<String, Double> rows) {
    this.rows = rows;
  }

  /**
   * Reads those of a run; empty if it kept none.
   *
   * @throws InvalidInputException if the file is damaged
   */
  static Optional<NatsPerImage> read(Path folder) throws IOException {
    return CsvTable.read(
            folder.resolve(PerImageFiles.NATS), "id,nats_per_token", COLUMNS, NatsPerImage::number)
        .map(table -> new NatsPerImage(table.rows()));
  }

  private static double number(List<String> cells) {
    double nats = Double.parseDouble(cells.get(0));
    if (!Double.isFinite(nats)) {
      throw new NumberFormatException(cells.get(0));
    }
    return nats;
  }

  public boolean sameImagesAs(NatsPerImage other) {
    return rows.keySet().equals(other.rows.keySet());
  }

  public int images() {
    return rows.size();
  }

  /** In the order of ids. */
  public double[] values() {
    return rows.values().stream().mapToDouble(nats -> nats).toArray();
  }
}
