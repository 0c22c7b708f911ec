package dev.pixelprobe.model.kmeans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Palette;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlusPlusStartTest {
  @Test
  void asManyCentresAsColoursAreAllTheColours() {
    int[] colours = {0x000000, 0x000001, 0x80ff00, 0xffffff, 0xfffffe};

    Palette start = PlusPlusStart.choose(Pixels.cells(colours), 5, 3);

    assertThat(colours(start))
        .containsExactlyInAnyOrder(0x000000, 0x000001, 0x80ff00, 0xffffff, 0xfffffe);
  }

  @Test
  void moreCentresThanColoursAreRefused() {
    assertThatThrownBy(() -> PlusPlusStart.choose(Pixels.cells(7, 7, 8), 3, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--colors", "at most 2", "got 3");
  }

  /** Colours 0, 1 and 3 of one channel with 1, 2 and 5 pixels. */
  @Test
  void drawsFollowThePixelsAndTheirSquaredDistances() {
    List<ColourCounts> cells = Pixels.cells(0, 1, 1, 3, 3, 3, 3, 3);
    int draws = 20_000;
    int[] first = new int[4];
    int oneThenZero = 0;
    for (int seed = 0; seed < draws; seed++) {
      List<Integer> start = colours(PlusPlusStart.choose(cells, 2, new Random(seed).nextLong()));
      first[start.get(0)]++;
      oneThenZero += start.get(0) == 1 && start.get(1) == 0 ? 1 : 0;
    }
    // Four standard deviations of a share p of n draws: 4 * sqrt(p (1 - p) / n) <= 0.0142.
    assertThat(first[0] / (double) draws).isCloseTo(1 / 8.0, within(0.0142));
    assertThat(first[1] / (double) draws).isCloseTo(2 / 8.0, within(0.0142));
    // After 1: the pixel at 0 weighs 1, the five at 3 weigh 4 each. One of 21; four deviations of
    // it among some 5,000 draws.
    assertThat(oneThenZero / (double) first[1]).isCloseTo(1 / 21.0, within(0.0122));
  }

  @Test
  void theOrderOfTheCellsDoesNotMatterAndTheSeedDoes() {
    List<ColourCounts> cells = Pixels.cells(Pixels.noise(3_000, 2));
    List<ColourCounts> shuffled = new ArrayList<>(cells);
    Collections.shuffle(shuffled, new Random(0));

    Palette start = PlusPlusStart.choose(cells, 40, 5);

    assertThat(PlusPlusStart.choose(shuffled, 40, 5)).isEqualTo(start);
    assertThat(PlusPlusStart.choose(cells, 40, 6)).isNotEqualTo(start);
    Set<Integer> distinct = new HashSet<>(colours(start));
    assertThat(distinct).hasSize(40);
  }

  /** The cells that are passed over must not matter: one cell for everything passes over none. */
  @Test
  void cellsTooFarFromACentreToNoticeItChangeNothing() {
    List<ColourCounts> cells = Pixels.cells(Pixels.noise(2_000, 4));
    ColourCounts whole = cells.stream().reduce(ColourCounts::plus).orElseThrow();
    // In the order of the colours, so that both draw from the same line.
    List<ColourCounts> sorted =
        IntStream.range(0, whole.size())
            .mapToObj(
                i -> ColourCounts.wrap(new int[] {whole.colour(i)}, new long[] {whole.count(i)}))
            .toList();

    assertThat(PlusPlusStart.choose(sorted, 60, 1))
        .isEqualTo(PlusPlusStart.choose(List.of(whole), 60, 1));
  }

  private static List<Integer> colours(Palette palette) {
    return IntStream.range(0, palette.size()).mapToObj(palette::toRgb).toList();
  }
}
