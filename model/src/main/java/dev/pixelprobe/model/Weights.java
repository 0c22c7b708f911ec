package dev.pixelprobe.model;

import java.io.IOException;

/** The weights of one model, read one tensor at a time so that only one need be in memory. */
public interface Weights {
  /**
   * One tensor's values, row-major float32, all finite.
   *
   * @param name a name of {@link Architecture#tensorShapes()}
   * @param expectedShape the shape the caller will read it as
   * @throws InvalidInputException if the checkpoint holds no such tensor, another shape, or values
   *     that are not finite
   */
  float[] tensor(String name, long... expectedShape) throws IOException;
}
