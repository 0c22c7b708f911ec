package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BaselinesTest {
  @Test
  void majorityAlwaysSaysTheMostFrequentTrainingClass() {
    LabelledSet train = labels(2, 2, 2, 0, 1, 2, 2, 0, 1, 2);
    LabelledSet test = labels(2, 0, 0, 1);
    boolean[] heldOut = new boolean[10];
    heldOut[9] = true;

    ProbeResult majority = Baselines.majority(train, heldOut, test).result();

    assertThat(majority.name()).isEqualTo("majority");
    assertThat(majority.testAccuracy()).isEqualTo(0.25);
    // Class shares 0.2, 0.2, 0.6 as probabilities.
    double nll = -(Math.log(0.6) + 3 * Math.log(0.2)) / 4;
    assertThat(majority.testNll()).isCloseTo(nll, within(1e-9));
  }

  private static LabelledSet labels(int... labels) {
    Matrix features = Matrix.wrap(new float[labels.length], labels.length, 1);
    return LabelledSet.of("labels", features, labels, 3);
  }
}
