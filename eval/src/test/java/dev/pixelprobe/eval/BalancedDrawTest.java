package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancedDrawTest {
  private static final int ROWS = 90;
  private static final LabelledSet TRAIN = Samples.noisyClasses(ROWS, 2, 3, 1);
  private static final List<String> IDS =
      IntStream.range(0, ROWS).mapToObj(i -> "set/train/a#" + i).toList();

  @Test
  void drawsAsManyOfEveryClassAndNoneTwice() {
    int[] rows = draw(5, 0);

    assertThat(rows).hasSize(15).doesNotHaveDuplicates();
    for (int place = 0; place < 15; place++) {
      assertThat(TRAIN.label(rows[place])).isEqualTo(place % 3);
    }
  }

  @Test
  void theImagesDrawnHaveTheSmallestHashesOfTheirClass() {
    long seed = IdHash.mix(7) + 2 + 1;
    int[] rows = BalancedDraw.rows(TRAIN, IDS, 4, 7, 2);

    for (int k = 0; k < 3; k++) {
      int label = k;
      List<Long> hashes =
          IntStream.range(0, ROWS)
              .filter(row -> TRAIN.label(row) == label)
              .mapToObj(row -> IdHash.of(IDS.get(row), seed))
              .sorted(Long::compareUnsigned)
              .toList();
      for (int i = 0; i < 4; i++) {
        assertThat(IdHash.of(IDS.get(rows[i * 3 + k]), seed)).isEqualTo(hashes.get(i));
      }
    }
  }

  @Test
  void aLargerDrawBeginsWithTheSmallerOneOfTheSameNumber() {
    assertThat(Arrays.copyOf(draw(9, 1), 12)).isEqualTo(draw(4, 1));
  }

  @Test
  void drawsAndSeedsDiffer() {
    assertThat(draw(5, 1)).isNotEqualTo(draw(5, 0));
    assertThat(BalancedDraw.rows(TRAIN, IDS, 5, 1, 0)).isNotEqualTo(draw(5, 0));
  }

  @Test
  void theOrderOfTheRowsHasNoSay() {
    List<Integer> order = shuffled();
    LabelledSet shuffled = TRAIN.select(order.stream().mapToInt(i -> i).toArray());
    List<String> ids = order.stream().map(IDS::get).toList();

    assertThat(Arrays.stream(BalancedDraw.rows(shuffled, ids, 6, 0, 3)).mapToObj(ids::get).toList())
        .isEqualTo(Arrays.stream(draw(6, 3)).mapToObj(IDS::get).toList());
  }

  @Test
  void everyFoldHoldsEveryClassEquallyOftenOrOnceMore() {
    int[] folds = BalancedDraw.folds(7, 3, 5);

    for (int fold = 0; fold < 5; fold++) {
      for (int k = 0; k < 3; k++) {
        int count = 0;
        for (int place = k; place < 21; place += 3) {
          count += folds[place] == fold ? 1 : 0;
        }
        assertThat(count).isEqualTo(fold < 2 ? 2 : 1);
      }
    }
  }

  @Test
  void moreThanAClassHasAreRefused() {
    LabelledSet few =
        TRAIN.select(IntStream.range(0, ROWS).filter(BalancedDrawTest::keep).toArray());
    List<String> ids = IDS.subList(0, few.rows());

    assertThat(BalancedDraw.rows(few, ids, 4, 0, 0)).hasSize(12);
    assertThatThrownBy(() -> BalancedDraw.rows(few, ids, 5, 0, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "labels per class: expected at most 4, as many training images as class 1 has, got 5;"
                + " ask for fewer or give more images");
  }

  /** All rows but those of class 1, and four of it. */
  private static boolean keep(int row) {
    long before = IntStream.range(0, row).filter(i -> TRAIN.label(i) == 1).count();
    return TRAIN.label(row) != 1 || before < 4;
  }

  private static int[] draw(int perClass, int draw) {
    return BalancedDraw.rows(TRAIN, IDS, perClass, 0, draw);
  }

  private static List<Integer> shuffled() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    Collections.shuffle(order, new Random(3));
    return order;
  }
}
