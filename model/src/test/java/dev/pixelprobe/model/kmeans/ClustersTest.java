package dev.pixelprobe.model.kmeans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.Palette;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClustersTest {
  /** float32 holds a colour to half an ulp below 1, 2^-25, in each of three channels. */
  private static final double ROUNDING = 3 * Math.pow(2, -50);

  /** Black with 1 and 3 pixels at 0 and 4 of red, white with 2 at 255. Both means by hand. */
  @Test
  void aRoundIsTheMeanOfEachCluster() {
    List<ColourCounts> cells =
        Pixels.cells(0x000000, 0x040000, 0x040000, 0x040000, 0xffffff, 0xffffff);
    Clusters clusters = Pixels.assign(Pixels.palette(0x000000, 0xffffff), cells);

    assertThat(clusters.pixels()).isEqualTo(6);
    assertThat(clusters.distinct()).isEqualTo(3);
    assertThat(clusters.empty()).isZero();
    // 3 pixels at distance 4 of 255, of 6.
    double unit = 127.5 * 127.5;
    assertThat(clusters.meanSquaredError()).isCloseTo(3 * 16 / unit / 6, within(1e-9));
    Palette next = clusters.update();
    assertThat(next)
        .isEqualTo(Palette.of(new float[] {(float) (3 / 127.5 - 1), -1, -1, 1, 1, 1}, "means"));
    // 1 * 9 + 3 * 1 around the mean of 3.
    assertThat(Pixels.assign(next, cells).meanSquaredError())
        .isCloseTo(12 / unit / 6, within(1e-9));
  }

  @Test
  void theErrorIsThatOfTheSingleDistances() {
    int[] noise = Pixels.noise(5_000, 8);
    Palette palette = Pixels.palette(Pixels.noise(30, 9));
    double sum = 0;
    for (int colour : noise) {
      double least = Double.POSITIVE_INFINITY;
      for (int token = 0; token < 30; token++) {
        double squared = 0;
        for (int channel = 0; channel < 3; channel++) {
          double d = Rgb.channel(colour, channel) / 127.5 - 1 - palette.at(token, channel);
          squared += d * d;
        }
        least = Math.min(least, squared);
      }
      sum += least;
    }

    double error = Pixels.assign(palette, Pixels.cells(noise)).meanSquaredError();

    // Sums of squares of some 5,000 * 255² lose at most 16 of 53 bits against single distances.
    assertThat(error).isCloseTo(sum / 5_000, within(1e-10));
  }

  @Test
  void coloursThatAreAllInThePaletteHaveNoError() {
    int[] colours = {0x000000, 0x112233, 0xfedcba, 0xffffff, 0x808080};
    Clusters clusters = Pixels.assign(Pixels.palette(colours), Pixels.cells(colours));

    assertThat(clusters.meanSquaredError()).isBetween(0.0, ROUNDING);
    assertThat(clusters.update()).isEqualTo(clusters.palette());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4})
  void wellSeparatedClustersAreFoundExactly(long seed) {
    // Around each of 8 corners: the corner moved by +-1 of 255 along each axis, mean = the corner.
    List<Integer> pixels = new ArrayList<>();
    int[] corners = new int[8];
    for (int corner = 0; corner < 8; corner++) {
      int[] at = {40 + 160 * (corner & 1), 40 + 160 * (corner >> 1 & 1), 40 + 160 * (corner >> 2)};
      corners[corner] = rgb(at);
      for (int axis = 0; axis < 3; axis++) {
        for (int step = -1; step <= 1; step += 2) {
          int[] moved = at.clone();
          moved[axis] += step;
          pixels.add(rgb(moved));
        }
      }
    }
    List<ColourCounts> cells = Pixels.cells(pixels.stream().mapToInt(i -> i).toArray());
    Palette palette = PlusPlusStart.choose(cells, 8, seed);

    for (int round = 0; round < 3; round++) {
      palette = Pixels.assign(palette, cells).update();
    }

    List<Integer> found = new ArrayList<>();
    for (int token = 0; token < 8; token++) {
      found.add(palette.toRgb(token));
    }
    assertThat(found).containsExactlyInAnyOrder(boxed(corners));
    assertThat(Pixels.assign(palette, cells).meanSquaredError())
        .isCloseTo(1 / (127.5 * 127.5), within(1e-9));
  }

  @Test
  void theErrorNeverRises() {
    List<ColourCounts> cells = Pixels.cells(Pixels.noise(4_000, 5));
    Palette palette = PlusPlusStart.choose(cells, 50, 0);
    double before = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 40; round++) {
      Clusters clusters = Pixels.assign(palette, cells);
      assertThat(clusters.meanSquaredError()).isLessThanOrEqualTo(before + ROUNDING);
      before = clusters.meanSquaredError();
      palette = clusters.update();
    }
  }

  @ParameterizedTest(name = "{0} parts")
  @ValueSource(ints = {1, 2, 7, 300})
  void partsAndTheirOrderDoNotMatter(int parts) {
    List<ColourCounts> cells = Pixels.cells(Pixels.noise(4_000, 6));
    Palette palette = Pixels.palette(Pixels.noise(20, 7));
    Clusters whole = Pixels.assign(palette, cells);
    List<ColourCounts> shuffled = new ArrayList<>(cells);
    Collections.shuffle(shuffled, new Random(parts));

    List<Clusters> sums = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      sums.add(Clusters.around(palette));
    }
    for (int i = 0; i < shuffled.size(); i++) {
      sums.get(i % parts).add(shuffled.get(i));
    }

    Clusters sum = sums.stream().reduce(Clusters::plus).orElseThrow();
    assertThat(sum).isEqualTo(whole);
    assertThat(sum.update()).isEqualTo(whole.update());
    assertThat(sum.meanSquaredError()).isEqualTo(whole.meanSquaredError());
  }

  /**
   * Two centres far from any pixel. Black's cluster: 0x00000c, once, adds 12², 0x00000a, twice,
   * adds 2 * 10² and is the worst; white's worst is 0xffff00 with 255².
   */
  @Test
  void coloursWithoutPixelsMoveToTheLargestErrors() {
    List<ColourCounts> cells =
        Pixels.cells(0x000000, 0x00000c, 0x00000a, 0x00000a, 0xffffff, 0xffff00, 0xffffff);
    Palette start = Pixels.palette(0x000000, 0xff0080, 0xff0081, 0xffffff);
    Clusters clusters = Pixels.assign(start, cells);
    assertThat(clusters.empty()).isEqualTo(2);

    Palette next = clusters.update();

    assertThat(next.toRgb(1)).isEqualTo(0xffff00);
    assertThat(next.toRgb(2)).isEqualTo(0x00000a);
    Clusters after = Pixels.assign(next, cells);
    assertThat(after.empty()).isZero();
    // Means are 8 of blue, and white with 170 of blue: left are 8², 2² and 2 * 85² of 7 pixels.
    // float32 centres are 2^-25 off at most: 2 * 85 / 127.5 * 2^-25.
    assertThat(after.meanSquaredError())
        .isCloseTo((64 + 4 + 2 * 7225) / (127.5 * 127.5) / 7, within(4e-8));
  }

  @Test
  void aColourWithoutPixelsStaysWhereNoErrorIsLeft() {
    Palette palette = Pixels.palette(0x000000, 0x800000, 0xffffff);
    Clusters clusters = Pixels.assign(palette, Pixels.cells(0x000000, 0xffffff));

    assertThat(clusters.empty()).isOne();
    assertThat(clusters.update()).isEqualTo(palette);
  }

  @Test
  void equalErrorsGoToTheLowerColour() {
    ColourCounts blue = ColourCounts.wrap(new int[] {0x000002}, new long[] {1});
    ColourCounts red = ColourCounts.wrap(new int[] {0x020000}, new long[] {1});
    Palette palette = Pixels.palette(0x000000, 0xffffff);
    assertThat(Pixels.assign(palette, List.of(blue, red)).update().toRgb(1)).isEqualTo(0x000002);
    assertThat(Pixels.assign(palette, List.of(red, blue)).update().toRgb(1)).isEqualTo(0x000002);
  }

  @Test
  void clustersOfDifferentPalettesCannotBeAdded() {
    Clusters a = Clusters.around(Pixels.palette(0, 1));
    Clusters b = Clusters.around(Pixels.palette(0, 2));

    assertThatThrownBy(() -> a.plus(b)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Clusters clusters =
        Pixels.assign(Pixels.palette(Pixels.noise(9, 1)), Pixels.cells(Pixels.noise(500, 2)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    clusters.writeTo(new DataOutputStream(bytes));

    Clusters read =
        Clusters.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(read).isEqualTo(clusters);
  }

  private static int rgb(int[] channels) {
    return channels[0] << 16 | channels[1] << 8 | channels[2];
  }

  private static Integer[] boxed(int[] values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }
}
