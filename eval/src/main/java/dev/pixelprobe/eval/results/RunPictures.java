package dev.pixelprobe.eval.results;

import dev.pixelprobe.eval.ConfusedPair;
import java.util.Locale;

/** The pictures of test images in a run's folder: PNG files, for the report. */
public final class RunPictures {
  /** So many pairs of classes have examples. */
  public static final int MOST_PAIRS = 10;

  /** Of each pair. */
  public static final int MOST_EXAMPLES = 8;

  public static final int MOST_COMPLETIONS = 8;

  /** A larger file is not shown. */
  public static final long MOST_BYTES = 64 << 10;

  /** The folder of images that were taken for another class. */
  public static final String EXAMPLES = "examples";

  /** The folder of test images whose upper half was given to the model. */
  public static final String COMPLETIONS = "completions";

  private RunPictures() {}

  /**
   * Below the run's folder, where an image that was taken for another class is.
   *
   * @param k from 0
   */
  public static String example(ConfusedPair pair, int k) {
    return "%s/%d-%d-%d.png".formatted(EXAMPLES, pair.label(), pair.predicted(), k);
  }

  /** What the model made of the upper half of {@link #real} {@code k}. */
  public static String completion(int k) {
    return String.format(Locale.ROOT, "%s/sample-%05d.png", COMPLETIONS, k);
  }

  /** A test image in the model's size. */
  public static String real(int k) {
    return String.format(Locale.ROOT, "%s/real-%05d.png", COMPLETIONS, k);
  }
}
