package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
  /** Σ j (x(j) - j)² / 2 + 1, preconditioned by a wrong constant. */
  private static final Lbfgs.Objective BOWL =
      new Lbfgs.Objective() {
        @Override
        public double evaluate(double[] x, double[] gradient) {
          double value = 1;
          for (int j = 0; j < x.length; j++) {
            gradient[j] = (j + 1) * (x[j] - j);
            value += gradient[j] * (x[j] - j) / 2;
          }
          return value;
        }

        @Override
        public void precondition(double[] direction) {
          for (int j = 0; j < direction.length; j++) {
            direction[j] *= 100;
          }
        }
      };

  @Test
  void findsTheBottomOfABowl() {
    Lbfgs.Minimum minimum = Lbfgs.minimize(BOWL, new double[20], 1e-14, 200);

    assertThat(minimum.converged).isTrue();
    assertThat(minimum.value).isCloseTo(1, within(1e-13));
    for (int j = 0; j < 20; j++) {
      assertThat(minimum.x[j]).isCloseTo(j, within(1e-6));
    }
  }

  @Test
  void saysWhenItDidNotGetThere() {
    Lbfgs.Minimum minimum = Lbfgs.minimize(BOWL, new double[20], 1e-14, 3);

    assertThat(minimum.converged).isFalse();
    assertThat(minimum.iterations).isEqualTo(3);
    assertThat(minimum.value).isGreaterThan(1 + 1e-6);
  }
}
