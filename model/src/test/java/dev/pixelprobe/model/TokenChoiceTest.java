package dev.pixelprobe.model;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenChoiceTest {
  /** Probabilities 0.1, 0.4, 0.2, 0.3. */
  private static final float[] LOGITS = logs(1, 4, 2, 3);

  @ParameterizedTest
  @CsvSource({"0, 0", "0.09, 0", "0.11, 1", "0.49, 1", "0.51, 2", "0.69, 2", "0.71, 3", "0.99, 3"})
  void theRunningSumInOrderOfIdsDecides(double u, int expected) {
    assertThat(choose(1, 0, 1, u)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.56, 1", "0.58, 3", "0.999999, 3"})
  void topKKeepsTheLikeliest(double u, int expected) {
    // tokens 1 and 3 remain, with 4/7 = 0.571 and 3/7
    assertThat(choose(1, 2, 1, u)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.43, 1", "0.45, 2", "0.65, 2", "0.67, 3"})
  void topPKeepsTheShortestBeginningThatReachesP(double u, int expected) {
    // 0.4 + 0.3 < 0.75 <= 0.4 + 0.3 + 0.2: tokens 1, 3, 2 remain, with 4/9, 3/9, 2/9
    assertThat(choose(1, 0, 0.75, u)).isEqualTo(expected);
  }

  @Test
  void topPCountsWhatTopKLeft() {
    // of 4/7 and 3/7 the first reaches 0.57 alone; of all four it has 0.4 only
    assertThat(choose(1, 2, 0.57, 0.999)).isEqualTo(1);
    assertThat(choose(1, 2, 0.58, 0.999)).isEqualTo(3);
    assertThat(choose(1, 0, 0.57, 0.999)).isEqualTo(3);
  }

  @Test
  void temperatureComesBeforeTopP() {
    // squared: 1, 16, 4, 9 of 30; 25/30 reaches 0.8 at temperature 0.5, but 0.7 at 1 does not
    assertThat(choose(0.5, 0, 0.8, 0.62)).isEqualTo(1);
    assertThat(choose(0.5, 0, 0.8, 0.66)).isEqualTo(3);
    assertThat(choose(1, 0, 0.8, 0.62)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.999999})
  void temperatureZeroTopOneAndATinyTopPAllTakeTheLikeliest(double u) {
    assertThat(choose(0, 0, 1, u)).isEqualTo(1);
    assertThat(choose(1, 1, 1, u)).isEqualTo(1);
    assertThat(choose(1, 0, 1e-9, u)).isEqualTo(1);
    assertThat(choose(1e-300, 0, 1, u)).isEqualTo(1);
  }

  @Test
  void equalLogitsRankByTheirIds() {
    float[] equal = {-0f, 0f, 0f, -0f};

    assertThat(choose(equal, 0, 0, 1, 0.9)).isZero();
    assertThat(choose(equal, 1, 1, 1, 0.9)).isZero();
    assertThat(choose(equal, 1, 3, 1, 0.999)).isEqualTo(2);
    assertThat(choose(equal, 1, 0, 0.5, 0.999)).isEqualTo(1);
  }

  @Test
  void aTopKAboveTheColoursKeepsAll() {
    assertThat(choose(1, 40, 1, 0.05)).isZero();
    assertThat(choose(1, 4, 1, 0.05)).isZero();
  }

  @Test
  void frequenciesOverAGridOfNumbersAreTheProbabilities() {
    int[] counts = new int[4];
    TokenChoice choice = new TokenChoice(4, new SamplingOptions(2, 0, 1, 0));
    for (int i = 0; i < 100_000; i++) {
      counts[choice.choose(LOGITS, 0, i / 1e5)]++;
    }
    double sum = 1 + 2 + Math.sqrt(2) + Math.sqrt(3);
    double[] roots = {1, 2, Math.sqrt(2), Math.sqrt(3)};
    for (int token = 0; token < 4; token++) {
      // a grid of step 1e-5 misses each end of an interval by at most one step
      assertThat(counts[token] / 1e5).isCloseTo(roots[token] / sum, within(2e-5));
    }
  }

  @Test
  void rowsOfABatchAreReadWhereTheyBegin() {
    float[] two = new float[8];
    Arrays.fill(two, 0, 4, 5f);
    System.arraycopy(LOGITS, 0, two, 4, 4);

    assertThat(new TokenChoice(4, new SamplingOptions(0, 0, 1, 0)).choose(two, 4, 0)).isEqualTo(1);
  }

  @Test
  void extremeLogitsNeitherOverflowNorGetLost() {
    float[] extreme = {-3e38f, 3e38f, 0, 2.9e38f};

    assertThat(choose(extreme, 1, 0, 1, 0.999999)).isEqualTo(1);
    assertThat(choose(extreme, 1e300, 0, 1, 0.999999)).isEqualTo(3);
  }

  @Test
  void aModelThatGivesNoNumbersIsRefused() {
    assertRefused(() -> choose(new float[] {0, Float.NaN}, 1, 0, 1, 0.5), "NaN", "token 1");
    assertRefused(() -> choose(new float[] {0, Float.POSITIVE_INFINITY}, 0, 0, 1, 0.5), "Infinity");
  }

  @Test
  void optionsThatMeanNothingCannotBeMade() {
    assertNoOptions(-0.1, 0, 1, "temperature");
    assertNoOptions(Double.NaN, 0, 1, "temperature");
    assertNoOptions(Double.POSITIVE_INFINITY, 0, 1, "temperature");
    assertNoOptions(1, -1, 1, "topK");
    assertNoOptions(1, 0, 0, "topP");
    assertNoOptions(1, 0, 1.01, "topP");
    assertNoOptions(1, 0, Double.NaN, "topP");
  }

  private static void assertNoOptions(double temperature, int topK, double topP, String what) {
    assertThatThrownBy(() -> new SamplingOptions(temperature, topK, topP, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }

  private static int choose(double temperature, int topK, double topP, double u) {
    return choose(LOGITS, temperature, topK, topP, u);
  }

  private static int choose(float[] logits, double temperature, int topK, double topP, double u) {
    SamplingOptions options = new SamplingOptions(temperature, topK, topP, 0);
    return new TokenChoice(logits.length, options).choose(logits, 0, u);
  }

  private static float[] logs(double... weights) {
    float[] logs = new float[weights.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(weights[i]);
    }
    return logs;
  }
}
