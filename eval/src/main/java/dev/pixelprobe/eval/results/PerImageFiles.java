package dev.pixelprobe.eval.results;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.pixelprobe.eval.ProbeOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run keeps of single test images, so that a later run can be compared image by image. CSV
 * as in RFC 4180, UTF-8, a header and then a line for each image.
 */
public final class PerImageFiles {
  /**
   * {@code id,label,ln_1 0,ln_1 1,..}: the image's class, and the class that each probe took it
   * for, as numbers. The columns are named by {@link dev.pixelprobe.eval.Subject#label}.
   */
  public static final String PREDICTIONS = "predictions.csv";

  /** {@code id,nats_per_token}: mean cross-entropy of the image's tokens. */
  public static final String NATS = "nats.csv";

  private static final CsvMapper CSV = new CsvMapper();

  private PerImageFiles() {}

  /**
   * Writes {@value #PREDICTIONS}.
   *
   * @param labels one per id
   * @param probes each with a prediction per id
   */
  public static void writePredictions(
      Path folder, List<String> ids, List<Integer> labels, List<ProbeOutcome> probes)
      throws IOException {
    try (SequenceWriter csv = writer(folder.resolve(PREDICTIONS))) {
      List<String> header = new ArrayList<>(List.of("id", "label"));
      probes.forEach(probe -> header.add(probe.result().subject().label()));
      csv.write(header);
      for (int i = 0; i < ids.size(); i++) {
        List<String> line = new ArrayList<>(List.of(ids.get(i), labels.get(i).toString()));
        for (ProbeOutcome probe : probes) {
          line.add(probe.predicted().get(i).toString());
        }
        csv.write(line);
      }
    }
  }

  /**
   * Writes {@value #NATS}.
   *
   * @param natsPerToken one per id
   */
  public static void writeNats(Path folder, List<String> ids, List<Float> natsPerToken)
      throws IOException {
    try (SequenceWriter csv = writer(folder.resolve(NATS))) {
      csv.write(List.of("id", "nats_per_token"));
      for (int i = 0; i < ids.size(); i++) {
        csv.write(List.of(ids.get(i), natsPerToken.get(i).toString()));
      }
    }
  }

  private static SequenceWriter writer(Path file) throws IOException {
    return CSV.writer().writeValues(file.toFile());
  }
}
