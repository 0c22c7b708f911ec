package dev.pixelprobe.eval.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * What became of one task, as a line of JSON: how a worker hands it back.
 *
 * @param task its number
 * @param probe if it was a probe with all labels
 * @param labelEfficiency if it was one with few
 */
public record ProbeLine(
    int task, @Nullable ProbeResult probe, @Nullable LabelEfficiency labelEfficiency) {

  public static ProbeLine of(int task, ProbeResult probe) {
    return new ProbeLine(task, probe, null);
  }

  public static ProbeLine of(int task, LabelEfficiency labelEfficiency) {
    return new ProbeLine(task, null, labelEfficiency);
  }

  /** This as a line; {@link #parse} reads it. */
  public String toJson() {
    return JsonFile.MAPPER.valueToTree(this).toString();
  }

  public static ProbeLine parse(String line) {
    try {
      return JsonFile.MAPPER.readValue(line, ProbeLine.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a probe's result, got " + line, e);
    }
  }
}
