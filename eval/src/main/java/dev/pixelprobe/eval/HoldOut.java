package dev.pixelprobe.eval;

import java.nio.charset.StandardCharsets;

/** Which training images are held out to choose C and the layer: about a tenth of them. */
public final class HoldOut {
  private static final int ONE_IN = 10;

  private HoldOut() {}

  /** Whether the image is held out; a pure function of its id and the seed. */
  public static boolean contains(String id, long seed) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return Long.remainderUnsigned(mix(hash ^ mix(seed)), ONE_IN) == 0;
  }

  /** Every tenth of {@code rows} rows, for rows that have no id. */
  static boolean[] everyTenth(int rows) {
    boolean[] heldOut = new boolean[rows];
    for (int i = ONE_IN - 1; i < rows; i += ONE_IN) {
      heldOut[i] = true;
    }
    return heldOut;
  }

  /** The finaliser of SplitMix64: every bit of the result depends on every bit of the argument. */
  private static long mix(long bits) {
    long x = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
