package dev.pixelprobe.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a linear probe reads the classes with few labels; see {@link LabelEfficientProbe}.
 *
 * @param name of a baseline; null for layers
 * @param layer null for a baseline or several layers
 * @param layers several, side by side; null otherwise
 * @param features {@code ln_1} or {@code h}; null for a baseline
 * @param dim features per image
 * @param labelsPerClass training images of each class
 * @param draws how often they were drawn
 * @param nTrain training images in all
 * @param testAccuracyMean over the draws
 * @param testAccuracySd over the draws, with divisor draws - 1; null for a single draw
 * @param perDraw draw by draw
 */
public record LabelEfficiency(
    @Nullable String name,
    @Nullable Integer layer,
    @Nullable List<Integer> layers,
    @Nullable String features,
    int dim,
    int labelsPerClass,
    int draws,
    int nTrain,
    int nTest,
    double testAccuracyMean,
    @Nullable Double testAccuracySd,
    List<Draw> perDraw) {

  /**
   * One draw.
   *
   * @param c of the fit on all its images
   * @param crossValidationAccuracy of that C within the draw; null if there was no choice
   * @param testAccuracy on the whole test set
   * @param testNll mean -ln p(label) there, in nats
   * @param converged whether the fit's gradient test held
   */
  public record Draw(
      @JsonProperty("C") double c,
      @Nullable Double crossValidationAccuracy,
      double testAccuracy,
      double testNll,
      int iterations,
      boolean converged) {}

  public LabelEfficiency {
    perDraw = List.copyOf(perDraw);
  }

  static LabelEfficiency of(int dim, int labelsPerClass, int nTrain, int nTest, List<Draw> draws) {
    Sample sample = Sample.of(draws.stream().mapToDouble(Draw::testAccuracy).toArray());
    return new LabelEfficiency(
        null,
        null,
        null,
        null,
        dim,
        labelsPerClass,
        draws.size(),
        nTrain,
        nTest,
        sample.mean(),
        draws.size() > 1 ? sample.standardDeviation() : null,
        draws);
  }

  /** These numbers, said to be of {@code subject}. */
  public LabelEfficiency of(Subject subject) {
    return new LabelEfficiency(
        subject.name(),
        subject.layer(),
        subject.layers(),
        subject.features(),
        dim,
        labelsPerClass,
        draws,
        nTrain,
        nTest,
        testAccuracyMean,
        testAccuracySd,
        perDraw);
  }

  public Subject subject() {
    return new Subject(name, layer, layers, features);
  }

  /** Whether every draw's fit did. */
  public boolean converged() {
    return perDraw.stream().allMatch(Draw::converged);
  }
}
