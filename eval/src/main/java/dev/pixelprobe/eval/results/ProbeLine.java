package dev.pixelprobe.eval.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pixelprobe.eval.ProbeResult;

/** A probe's result as one line of JSON: how a worker hands it back. */
public final class ProbeLine {
  private ProbeLine() {}

  public static String of(ProbeResult result) {
    return JsonFile.MAPPER.valueToTree(result).toString();
  }

  /** The result that {@link #of} wrote. */
  public static ProbeResult parse(String line) {
    try {
      return JsonFile.MAPPER.readValue(line, ProbeResult.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a probe's result, got " + line, e);
    }
  }
}
