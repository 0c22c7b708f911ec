package dev.pixelprobe.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How well a linear probe reads the classes from one kind of features.
 *
 * @param name of a baseline; null for a layer
 * @param layer 0 to the model's number of layers; null for a baseline, several layers, arrays or a
 *     model without layers
 * @param layers those whose features were probed side by side, ascending; null otherwise
 * @param features what was read of the layer, {@code ln_1} or {@code h}, or the name of the model's
 *     output; null for a baseline or arrays
 * @param dim features per image
 * @param c the C of the final fit; with folds the (lower) median of theirs
 * @param validationAccuracy on held-out training rows, of the fit without them; null if none were
 *     held out
 * @param validationNll mean -ln p(label) there, in nats; null likewise
 * @param testAccuracy with folds, as the other measures, the mean of theirs
 * @param testNll mean -ln p(label), in nats
 * @param nTrain rows of the final fit
 * @param iterations of the final fit; with folds the most of theirs
 * @param converged whether the final fit's gradient test held; with folds whether all did
 * @param objective C Σ loss + |w|²/2 of the final fit, in the units it saw
 * @param confusion of the test set; with folds the sum of theirs
 * @param folds the single folds, where the data set predefines them, otherwise null
 */
public record ProbeResult(
    @Nullable String name,
    @Nullable Integer layer,
    @Nullable List<Integer> layers,
    @Nullable String features,
    int dim,
    @JsonProperty("C") double c,
    @Nullable Double validationAccuracy,
    @Nullable Double validationNll,
    double testAccuracy,
    WilsonInterval testAccuracyCi95,
    double testNll,
    int nTrain,
    int nTest,
    int iterations,
    boolean converged,
    double objective,
    ConfusionMatrix confusion,
    @Nullable Folds folds) {

  /** Throws NullPointerException if a part that must be there is not. */
  public ProbeResult {
    Objects.requireNonNull(testAccuracyCi95, "test_accuracy_ci95");
    Objects.requireNonNull(confusion, "confusion");
  }

  static ProbeResult of(
      @Nullable Score validation, LogisticRegression.Fit fit, int nTrain, Score test) {
    int nTest = test.confusion().total();
    return new ProbeResult(
        null,
        null,
        null,
        null,
        fit.classifier().columns(),
        fit.c(),
        validation == null ? null : validation.accuracy(),
        validation == null ? null : validation.nll(),
        test.accuracy(),
        WilsonInterval.of(test.accuracy(), nTest),
        test.nll(),
        nTrain,
        nTest,
        fit.iterations(),
        fit.converged(),
        fit.objective(),
        test.confusion(),
        null);
  }

  /** The mean over folds of equal purpose: same features, same test set. */
  static ProbeResult meanOf(List<ProbeResult> results) {
    Folds folds = Folds.of(results);
    int nTest = results.get(0).nTest;
    return new ProbeResult(
        null,
        null,
        null,
        null,
        results.get(0).dim,
        folds.c().stream().sorted().toList().get((results.size() - 1) / 2),
        mean(results, r -> r.validationAccuracy),
        mean(results, r -> r.validationNll),
        folds.mean(),
        WilsonInterval.of(folds.mean(), nTest),
        mean(results, ProbeResult::testNll),
        results.get(0).nTrain,
        nTest,
        results.stream().mapToInt(ProbeResult::iterations).max().orElseThrow(),
        results.stream().allMatch(ProbeResult::converged),
        mean(results, ProbeResult::objective),
        ConfusionMatrix.sum(results.stream().map(ProbeResult::confusion).toList()),
        folds);
  }

  private static double mean(List<ProbeResult> results, ToDoubleFunction<ProbeResult> measure) {
    return results.stream().mapToDouble(measure).average().orElseThrow();
  }

  public Subject subject() {
    return new Subject(name, layer, layers, features);
  }

  /** This result, said to be of {@code subject}. */
  public ProbeResult of(Subject subject) {
    return new ProbeResult(
        subject.name(),
        subject.layer(),
        subject.layers(),
        subject.features(),
        dim,
        c,
        validationAccuracy,
        validationNll,
        testAccuracy,
        testAccuracyCi95,
        testNll,
        nTrain,
        nTest,
        iterations,
        converged,
        objective,
        confusion,
        folds);
  }
}
