package dev.pixelprobe.model.kmeans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ColourCountsTest {
  private static final ColourCounts A = counts(new int[] {1, 5, 9}, 2, 3, 4);
  private static final ColourCounts B = counts(new int[] {0, 5, 0xffffff}, 7, 1, 8);

  @Test
  void theSumHasTheColoursOfBothAndTheirCounts() {
    assertThat(A.plus(B)).isEqualTo(counts(new int[] {0, 1, 5, 9, 0xffffff}, 7, 2, 4, 4, 8));
    assertThat(A.plus(B)).isEqualTo(B.plus(A));
    assertThat(A.plus(B).pixels()).isEqualTo(A.pixels() + B.pixels());
    assertThat(A.plus(counts(new int[0]))).isEqualTo(A);
  }

  @Test
  void coloursOutOfOrderOrWithoutPixelsAreRefused() {
    assertRefused(new int[] {5, 1}, 1, 1);
    assertRefused(new int[] {5, 5}, 1, 1);
    assertRefused(new int[] {5}, 0);
    assertRefused(new int[] {5}, 1, 1);
    assertRefused(new int[] {-1}, 1);
    assertRefused(new int[] {1 << 24}, 1);
  }

  @Test
  void theCounterFindsEveryPixelOnceInTheCellOfItsColour() {
    int[] noise = Pixels.noise(50_000, 1);
    int[] twice = Arrays.copyOf(noise, 60_000);
    System.arraycopy(noise, 0, twice, 50_000, 10_000);
    Map<Integer, Long> expected =
        Arrays.stream(twice)
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    List<ColourCounts> cells = Pixels.cells(twice);

    long distinct = 0;
    for (ColourCounts cell : cells) {
      distinct += cell.size();
      for (int i = 0; i < cell.size(); i++) {
        assertThat(cell.count(i)).isEqualTo(expected.get(cell.colour(i)));
        assertThat(cell.colour(i) & 0xe0e0e0).isEqualTo(cell.colour(0) & 0xe0e0e0);
      }
    }
    assertThat(distinct).isEqualTo(expected.size());
    assertThat(cells).extracting(cell -> cell.colour(0) & 0xe0e0e0).doesNotHaveDuplicates();
  }

  private static ColourCounts counts(int[] colours, long... counts) {
    return ColourCounts.wrap(colours, counts);
  }

  private static void assertRefused(int[] colours, long... counts) {
    assertThatThrownBy(() -> ColourCounts.wrap(colours, counts))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
