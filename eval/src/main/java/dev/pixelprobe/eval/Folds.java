package dev.pixelprobe.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What became of a probe on each predefined fold of the training data.
 *
 * @param standardDeviation of the accuracies, with divisor count - 1
 * @param accuracies on the test set, fold by fold
 * @param c chosen, fold by fold
 */
public record Folds(
    int count,
    double mean,
    double standardDeviation,
    List<Double> accuracies,
    @JsonProperty("C") List<Double> c) {

  static Folds of(List<ProbeResult> results) {
    List<Double> accuracies = results.stream().map(ProbeResult::testAccuracy).toList();
    Sample sample = Sample.of(accuracies.stream().mapToDouble(a -> a).toArray());
    return new Folds(
        results.size(),
        sample.mean(),
        sample.standardDeviation(),
        accuracies,
        results.stream().map(ProbeResult::c).toList());
  }
}
