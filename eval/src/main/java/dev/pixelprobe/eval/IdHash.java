package dev.pixelprobe.eval;

import java.nio.charset.StandardCharsets;

/** 64 bits that an image's id and a seed settle: what every random choice among images rests on. */
public final class IdHash {
  private IdHash() {}

  public static long of(String id, long seed) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(hash ^ mix(seed));
  }

  /** The finaliser of SplitMix64: every bit of the result depends on every bit of the argument. */
  static long mix(long bits) {
    long x = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
