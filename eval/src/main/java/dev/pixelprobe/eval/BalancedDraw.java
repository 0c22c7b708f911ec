package dev.pixelprobe.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Draws the same number of training images of every class: those with the smallest hash of id, seed
 * and number of the draw. So a larger draw of the same number begins with the smaller one, and the
 * order of the rows has no say.
 */
public final class BalancedDraw {
  private BalancedDraw() {}

  /**
   * Refuses to draw more images of a class than there are.
   *
   * @param classCounts training images of each class
   * @param className what messages call a class
   * @throws InvalidInputException if the class with the fewest has too few
   */
  public static void check(int[] classCounts, int perClass, IntFunction<String> className) {
    int rarest = 0;
    for (int k = 1; k < classCounts.length; k++) {
      if (classCounts[k] < classCounts[rarest]) {
        rarest = k;
      }
    }
    if (classCounts[rarest] < perClass) {
      throw new InvalidInputException(
          "labels per class: expected at most %d, as many training images as class %s has, got %d; ask for fewer or give more images"
              .formatted(classCounts[rarest], className.apply(rarest), perClass));
    }
  }

  /**
   * The rows drawn: first one of each class, class by class, then another of each, and so on.
   *
   * @param ids one per row of {@code train}
   * @return {@code perClass * classes} rows
   * @throws InvalidInputException as {@link #check}
   */
  static int[] rows(LabelledSet train, List<String> ids, int perClass, long seed, int draw) {
    check(train.classCounts(), perClass, Integer::toString);
    long seedOfDraw = IdHash.mix(seed) + draw + 1;
    long[] hashes = ids.stream().mapToLong(id -> IdHash.of(id, seedOfDraw)).toArray();
    Comparator<Integer> byHash =
        Comparator.<Integer, Long>comparing(row -> hashes[row], Long::compareUnsigned)
            .thenComparing(ids::get);
    int[] drawn = new int[Math.multiplyExact(perClass, train.classes())];
    int[] taken = new int[train.classes()];
    for (int row : IntStream.range(0, train.rows()).boxed().sorted(byHash).toList()) {
      int k = train.label(row);
      if (taken[k] < perClass) {
        drawn[taken[k] * train.classes() + k] = row;
        taken[k]++;
      }
    }
    return drawn;
  }

  /**
   * The fold of the row at each place of {@link #rows}: of every class as many in each, or one
   * more.
   */
  static int[] folds(int perClass, int classes, int folds) {
    int[] fold = new int[perClass * classes];
    Arrays.setAll(fold, place -> place / classes % folds);
    return fold;
  }
}
