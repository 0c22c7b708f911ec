package dev.pixelprobe.eval.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.ProbeOutcome;
import dev.pixelprobe.eval.ProbeResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one task, as a line of JSON: how a worker hands it back.
 *
 * @param task its number
 * @param probe if it was a probe with all labels
 * @param predicted what that probe took each test image for, in the order of their ids; null with
 *     predefined folds
 * @param labelEfficiency if it was one with few
 */
public record ProbeLine(
    int task,
    @Nullable ProbeResult probe,
    @Nullable List<Integer> predicted,
    @Nullable LabelEfficiency labelEfficiency) {

  public static ProbeLine of(int task, ProbeOutcome outcome) {
    return new ProbeLine(task, outcome.result(), outcome.predicted(), null);
  }

  public static ProbeLine ofFolds(int task, ProbeResult probe) {
    return new ProbeLine(task, probe, null, null);
  }

  public static ProbeLine of(int task, LabelEfficiency labelEfficiency) {
    return new ProbeLine(task, null, null, labelEfficiency);
  }

  /** Empty without predictions. */
  public Optional<ProbeOutcome> outcome() {
    return probe == null || predicted == null
        ? Optional.empty()
        : Optional.of(new ProbeOutcome(probe, predicted));
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
