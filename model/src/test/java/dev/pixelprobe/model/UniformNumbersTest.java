package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UniformNumbersTest {
  /** Vigna's splitmix64.c with seed 1234567, as quoted on Rosetta Code. */
  @Test
  void theGeneratorIsSplitMix64() {
    assertThat(UniformNumbers.first(1234567)).isEqualTo(6457827717110365317L);
    assertThat(UniformNumbers.first(1234567 + 0x9E3779B97F4A7C15L)).isEqualTo(3203168211198807973L);
  }

  @Test
  void anImagesNumbersAreAStreamThatJavaKnows() {
    long stream = new SplittableRandom(new SplittableRandom(42).nextLong() + 7).nextLong();
    SplittableRandom expected = new SplittableRandom(stream);

    for (int position = 0; position < 1024; position++) {
      assertThat(UniformNumbers.at(42, 7, position)).isEqualTo(expected.nextDouble());
    }
  }

  @Test
  void noTwoImagesSeedsOrPositionsShareANumber() {
    Set<Double> numbers = new HashSet<>();
    for (long seed = -1; seed < 9; seed++) {
      for (long index = 0; index < 100; index++) {
        for (int position = 0; position < 100; position++) {
          numbers.add(UniformNumbers.at(seed, index, position));
        }
      }
    }
    // 1e5 draws of 2^53: two of them agree with probability 1e10 / 2^54, under 1e-6
    assertThat(numbers).hasSize(100_000);
  }

  @Test
  void numbersOfNeighbouringImagesFillTheUnitIntervalEvenly() {
    int[] counts = new int[100];
    for (long index = 0; index < 100_000; index++) {
      counts[(int) (100 * UniformNumbers.at(0, index, 3))]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 1000.0) * (count - 1000.0) / 1000.0;
    }
    // chi-square with 99 degrees of freedom: mean 99, deviation sqrt(198) = 14; five of them
    assertThat(chiSquare).isBetween(99 - 5 * 14.1, 99 + 5 * 14.1);
  }
}
