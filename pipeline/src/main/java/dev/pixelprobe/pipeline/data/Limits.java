package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;

/**
 * How many images to read at most: the first ones of each split, in the data set's own order.
 *
 * @param train at least 1
 * @param test at least 1
 */
public record Limits(long train, long test) {
  public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE);

  public Limits {
    check("--limit-train", train);
    check("--limit-test", test);
  }

  public Limits withTrain(long images) {
    return new Limits(images, test);
  }

  public Limits withTest(long images) {
    return new Limits(train, images);
  }

  long of(Split split) {
    return split == Split.TRAIN ? train : test;
  }

  boolean limits(Split split) {
    return of(split) != Long.MAX_VALUE;
  }

  private static void check(String flag, long images) {
    if (images < 1) {
      throw new InvalidInputException(
          flag + ": expected 1 or more, got " + images + "; leave it out to read the whole split");
    }
  }
}
