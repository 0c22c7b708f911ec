package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest {
  private static final List<Double> GRID = List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2);

  @Test
  void twoMirroredPointsHaveAClosedForm() {
    // Rows +1 and -1 of classes 1 and 0: by symmetry w1 = -w0 = w, b = 0, and
    // f(w) = 2 C ln(1 + exp(-2w)) + w², so w = 2 C / (1 + exp(2w)) at the optimum.
    LabelledSet train =
        LabelledSet.of("mirror", Matrix.wrap(new float[] {1, -1}, 2, 1), new int[] {1, 0}, 2);
    double c = 3;
    double w = 1;
    for (int i = 0; i < 200; i++) {
      w -= 0.1 * (w - 2 * c / (1 + Math.exp(2 * w)));
    }

    LogisticRegression.Fit fit = fit(train, c);

    assertThat(fit.converged()).isTrue();
    assertThat(fit.classifier().weight(1, 0)).isCloseTo(w, within(1e-5));
    assertThat(fit.classifier().weight(0, 0)).isCloseTo(-w, within(1e-5));
    assertThat(fit.classifier().intercept(1))
        .isCloseTo(fit.classifier().intercept(0), within(1e-5));
    double objective = 2 * c * Math.log1p(Math.exp(-2 * w)) + w * w;
    assertThat(fit.objective()).isCloseTo(objective, within(1e-11 * objective));
  }

  @Test
  void featuresThatSayNothingLeaveTheClassSharesAsIntercepts() {
    int[] labels = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2};
    LabelledSet train = LabelledSet.of("zeros", Matrix.wrap(new float[30], 10, 3), labels, 3);

    LogisticRegression.Fit fit = fit(train, 10);

    assertThat(fit.iterations()).isZero();
    assertThat(fit.converged()).isTrue();
    assertThat(fit.classifier().weightNorm()).isZero();
    assertThat(fit.classifier().intercept(0)).isCloseTo(Math.log(0.5), within(1e-15));
    assertThat(fit.classifier().intercept(1)).isCloseTo(Math.log(0.3), within(1e-15));
    assertThat(fit.classifier().intercept(2)).isCloseTo(Math.log(0.2), within(1e-15));
    double entropy = -(0.5 * Math.log(0.5) + 0.3 * Math.log(0.3) + 0.2 * Math.log(0.2));
    assertThat(fit.objective()).isCloseTo(10 * 10 * entropy, within(1e-12));
  }

  @Test
  void theReportedObjectiveIsThatOfTheReturnedClassifier() {
    LabelledSet train = Samples.noisyClasses(300, 20, 4, 1);

    LogisticRegression.Fit fit = fit(train, 0.5);

    double norm = fit.classifier().weightNorm();
    double loss = fit.classifier().score(train).nll() * train.rows();
    assertThat(fit.objective()).isCloseTo(0.5 * loss + norm * norm / 2, within(1e-9));
  }

  @ParameterizedTest(name = "{0} rows of 40 features")
  @ValueSource(ints = {25, 600})
  void theGradientInTheOriginalUnitsVanishes(int rows) {
    // d/dw = w + C Σ (p - y) x and d/db = C Σ (p - y). f is at least 1-strongly convex in w, so its
    // gradient is at most sqrt(2 L (f - f*)) with L the curvature, here below 1e4.
    LabelledSet train = Samples.noisyClasses(rows, 40, 3, 2);
    double c = 0.1;

    LogisticRegression.Fit fit = fit(train, c);

    double[][] gradient = gradient(fit.classifier(), train, c);
    double bound = Math.sqrt(2 * 1e4 * 1e-10 * fit.objective());
    for (double[] row : gradient) {
      assertThat(row).satisfies(g -> assertThat(Math.sqrt(Lbfgs.dot(g, g))).isLessThan(bound));
    }
  }

  @Test
  void warmAndColdStartsMeet() {
    LabelledSet train = Samples.noisyClasses(500, 30, 5, 3);
    List<LogisticRegression.Fit> warm = LogisticRegression.fit(train, GRID);

    for (int i = 0; i < GRID.size(); i++) {
      LogisticRegression.Fit cold = fit(train, GRID.get(i));
      assertThat(warm.get(i).converged()).isTrue();
      assertSame(cold, warm.get(i));
    }
  }

  @Test
  void theOrderOfRowsDoesNotMatter() {
    LabelledSet train = Samples.noisyClasses(500, 30, 5, 4);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 500).boxed().toList());
    Collections.shuffle(order, new Random(7));

    assertSame(
        fit(train, 1), fit(train.select(order.stream().mapToInt(Integer::intValue).toArray()), 1));
  }

  @Test
  void featuresThatAreAlwaysZeroChangeNothing() {
    // 50 rows of 40 features are rotated by eigenvectors, 50 rows of 110 by singular vectors.
    LabelledSet narrow = Samples.noisyClasses(50, 40, 3, 10);
    float[] x = new float[50 * 110];
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 40; j++) {
        x[i * 110 + j] = narrow.features().get(i, j);
      }
    }
    LabelledSet wide = narrow.withFeatures(Matrix.wrap(x, 50, 110));

    for (double c : GRID) {
      LogisticRegression.Fit fit = fit(wide, c);
      assertThat(fit.converged()).isTrue();
      assertSame(fit(narrow, c), fit);
      assertThat(fit.classifier().weight(1, 50)).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void fewRowsTwiceCountAsMuchAsTwiceTheC() {
    // 40 rows of 100 features, of which 20 are repetitions: no more than 19 axes vary.
    LabelledSet once = Samples.noisyClasses(20, 100, 4, 11);
    LabelledSet twice = once.select(IntStream.range(0, 40).map(i -> i % 20).toArray());

    for (double c : GRID) {
      // Separable rows leave little curvature at the optimum, less than the gradient test assumes.
      assertSame(fit(once, 2 * c), fit(twice, c), 1e-9);
    }
  }

  @Test
  void renamedClassesGetEachOthersWeights() {
    LabelledSet train = Samples.noisyClasses(400, 10, 3, 5);
    int[] renamed = IntStream.range(0, 400).map(i -> (train.label(i) + 1) % 3).toArray();

    LogisticRegression.Fit fit = fit(train, 1);
    LogisticRegression.Fit other = fit(LabelledSet.of("renamed", train.features(), renamed, 3), 1);

    assertThat(other.objective()).isCloseTo(fit.objective(), within(1e-9 * fit.objective()));
    for (int k = 0; k < 3; k++) {
      for (int j = 0; j < 10; j++) {
        assertThat(other.classifier().weight((k + 1) % 3, j))
            .isCloseTo(fit.classifier().weight(k, j), within(1e-4));
      }
    }
  }

  @Test
  void theSameCallGivesTheSameBitsOnEveryThread() {
    LabelledSet train = Samples.noisyClasses(400, 40, 4, 6);
    double expected = fit(train, 1).objective();

    List<Double> objectives =
        IntStream.range(0, 8).parallel().mapToObj(i -> fit(train, 1).objective()).toList();

    assertThat(objectives).containsOnly(expected);
  }

  @Test
  void aClassWithoutRowsIsNeverPredictedAndSpoilsNothing() {
    LabelledSet two = Samples.noisyClasses(200, 5, 2, 8);
    int[] labels = IntStream.range(0, 200).map(two::label).toArray();
    LabelledSet three = LabelledSet.of("three", two.features(), labels, 3);

    LogisticRegression.Fit fit = fit(three, 1);

    assertThat(fit.converged()).isTrue();
    assertThat(fit.objective()).isCloseTo(fit(two, 1).objective(), within(1e-9));
    assertThat(fit.classifier().score(three).confusion().count(0, 2)).isZero();
  }

  @ParameterizedTest(name = "C = {0}")
  @CsvSource({
    "0.01, 11.94447289513807, 2.0439680777886164, 0.6642857142857143, 1.1727680196478187",
    "1, 329.3675572739664, 15.334436951871986, 0.9028571428571428, 0.324642589689142",
    "100, 5397.3544957432305, 66.29048140773831, 0.9528571428571428, 0.13777368888677502"
  })
  void newtonsMethodFindsTheSameOptima(
      double c, double objective, double norm, double accuracy, double nll) {
    // The full Hessian of all 250 parameters in NumPy 2.4.6, until every gradient is below 1e-10.
    LogisticRegression.Fit fit = fit(golden("train"), c);

    assertThat(fit.converged()).isTrue();
    assertThat(fit.objective()).isCloseTo(objective, within(1e-10 * objective));
    assertThat(fit.classifier().weightNorm()).isCloseTo(norm, within(1e-5 * norm));
    Score score = fit.classifier().score(golden("test"));
    assertThat(score.accuracy()).isEqualTo(accuracy);
    assertThat(score.nll()).isCloseTo(nll, within(1e-5));
  }

  @Test
  void scikitLearnComesNearTheseOptimaFromAbove() throws IOException {
    // golden/metrics/expected.json: LogisticRegression of scikit-learn 1.2.1 on these arrays. It
    // stopped 2.6e-7, 1.3e-6 and 2.3e-6 (relative) above the optima that Newton's method gives.
    LabelledSet train = golden("train");
    LabelledSet test = golden("test");
    JsonNode expected = expected();
    assertThat(expected).hasSize(3);
    for (JsonNode want : expected) {
      LogisticRegression.Fit fit = fit(train, want.get("C").asDouble());

      double objective = want.get("objective_C_sum_loss_plus_half_w2").asDouble();
      assertThat(fit.objective()).isBetween(objective * (1 - 2.5e-6), objective);
      // f is 1-strongly convex in w, so scikit-learn's w is at most this far from the optimum.
      double distance = Math.sqrt(2 * (objective - fit.objective()));
      assertThat(fit.classifier().weightNorm())
          .isCloseTo(want.get("coef_l2_norm").asDouble(), within(distance));
      assertThat(fit.classifier().score(train).accuracy())
          .isEqualTo(want.get("train_accuracy").asDouble());
      // At C = 0.01 and C = 1 one of the 700 test rows is so near a tie that it turns.
      assertThat(fit.classifier().score(test).accuracy())
          .isCloseTo(want.get("test_accuracy").asDouble(), within(1.001 / 700));
    }
  }

  @Test
  void refusesWhatCannotBeFitted() {
    LabelledSet train = Samples.noisyClasses(20, 3, 2, 9);
    assertThatThrownBy(() -> fit(train, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("C: expected a positive number, got 0.0");
    assertThatThrownBy(() -> fit(train, Double.NaN)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> fit(train.select(new int[] {4}), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("random: expected at least 2 rows to fit, got 1");
    LabelledSet oneClass =
        LabelledSet.of("dull", Matrix.wrap(new float[4], 4, 1), new int[] {1, 1, 1, 1}, 2);
    assertThatThrownBy(() -> fit(oneClass, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("dull: expected at least 2 classes, got class 1 in all 4 rows");
  }

  private static LogisticRegression.Fit fit(LabelledSet train, double c) {
    return LogisticRegression.fit(train, List.of(c)).get(0);
  }

  /** f is at least 1-strongly convex in w: |w - w*|² is at most twice the excess of f. */
  private static void assertSame(LogisticRegression.Fit a, LogisticRegression.Fit b) {
    assertSame(a, b, 1e-10);
  }

  private static void assertSame(
      LogisticRegression.Fit a, LogisticRegression.Fit b, double tolerance) {
    double excess = tolerance * a.objective();
    assertThat(b.objective()).isCloseTo(a.objective(), within(excess));
    double distance = 0;
    for (int k = 0; k < a.classifier().classes(); k++) {
      for (int j = 0; j < a.classifier().columns(); j++) {
        double difference = a.classifier().weight(k, j) - b.classifier().weight(k, j);
        distance += difference * difference;
      }
    }
    assertThat(distance).isLessThan(2 * 4 * excess);
  }

  private static double[][] gradient(LinearClassifier classifier, LabelledSet train, double c) {
    int d = classifier.columns();
    double[][] gradient = new double[classifier.classes()][d + 1];
    double[] p = new double[classifier.classes()];
    for (int i = 0; i < train.rows(); i++) {
      for (int k = 0; k < p.length; k++) {
        p[k] = classifier.intercept(k);
        for (int j = 0; j < d; j++) {
          p[k] += classifier.weight(k, j) * train.features().get(i, j);
        }
      }
      Softmax.normalize(p, 0, p.length);
      p[train.label(i)] -= 1;
      for (int k = 0; k < p.length; k++) {
        for (int j = 0; j < d; j++) {
          gradient[k][j] += c * p[k] * train.features().get(i, j);
        }
        gradient[k][d] += c * p[k];
      }
    }
    for (int k = 0; k < p.length; k++) {
      for (int j = 0; j < d; j++) {
        gradient[k][j] += classifier.weight(k, j);
      }
    }
    return gradient;
  }

  private static LabelledSet golden(String split) {
    return LabelledSet.of(
        split,
        Npy.floats("/golden/metrics/" + split + "_x.npy"),
        Npy.ints("/golden/metrics/" + split + "_y.npy"),
        10);
  }

  private static JsonNode expected() throws IOException {
    try (InputStream in =
        LogisticRegressionTest.class.getResourceAsStream("/golden/metrics/expected.json")) {
      return new ObjectMapper().readTree(in).get("logistic_regression");
    }
  }
}
