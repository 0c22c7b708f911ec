package dev.pixelprobe.eval;

/** Which training images are held out to choose C and the layer: about a tenth of them. */
public final class HoldOut {
  private static final int ONE_IN = 10;

  private HoldOut() {}

  /** Whether the image is held out; a pure function of its id and the seed. */
  public static boolean contains(String id, long seed) {
    return Long.remainderUnsigned(IdHash.of(id, seed), ONE_IN) == 0;
  }

  /** Every tenth of {@code rows} rows, for rows that have no id. */
  static boolean[] everyTenth(int rows) {
    boolean[] heldOut = new boolean[rows];
    for (int i = ONE_IN - 1; i < rows; i += ONE_IN) {
      heldOut[i] = true;
    }
    return heldOut;
  }
}
