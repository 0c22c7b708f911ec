package dev.pixelprobe.eval.distance;

import java.util.List;

/**
 * What {@code metrics} and {@code fid} write.
 *
 * @param distances in the order in which they are shown
 */
public record Distances(List<Distance> distances) {
  public Distances {
    distances = List.copyOf(distances);
  }
}
