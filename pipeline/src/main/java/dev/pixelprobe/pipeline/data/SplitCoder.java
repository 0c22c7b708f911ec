package dev.pixelprobe.pipeline.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One byte: 0 train, 1 test. */
final class SplitCoder {
  private SplitCoder() {}

  static void encode(Split split, OutputStream out) throws IOException {
    out.write(split == Split.TRAIN ? 0 : 1);
  }

  static Split decode(InputStream in) throws IOException {
    return switch (in.read()) {
      case 0 -> Split.TRAIN;
      case 1 -> Split.TEST;
      default -> throw new EOFException("split: expected byte 0 or 1");
    };
  }
}
