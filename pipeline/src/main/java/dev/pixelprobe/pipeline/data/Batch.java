package dev.pixelprobe.pipeline.data;

import java.util.List;

/**
 * What goes through a model at once: a run of neighbouring records of one slice.
 *
 * @param images in the order of the records
 * @param deadLetters records among them that could not be used
 */
public record Batch<T>(List<T> images, List<DeadLetter> deadLetters) {
  public Batch {
    images = List.copyOf(images);
    deadLetters = List.copyOf(deadLetters);
  }
}
