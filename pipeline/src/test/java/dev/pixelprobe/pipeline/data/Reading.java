package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a plan's slices one after another, without a pipeline. */
final class Reading implements SliceReader.Output {
  final List<LabelledImage> images = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();

  static Reading of(DatasetPlan plan) throws IOException {
    Reading reading = new Reading();
    for (Slice slice : plan.slices()) {
      plan.reader().read(slice, reading);
    }
    return reading;
  }

  List<String> ids() {
    return images.stream().map(image -> image.id().toString()).toList();
  }

  List<Integer> labels(Split split) {
    return images.stream()
        .filter(image -> image.id().split() == split)
        .map(LabelledImage::label)
        .toList();
  }

  @Override
  public void image(LabelledImage image) {
    images.add(image);
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    deadLetters.add(letter);
  }
}
