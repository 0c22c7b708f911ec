package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;

/** Reads a plan's slices as a worker does, one after another. */
final class Reading implements SliceReader.Output {
  final List<LabelledImage> images = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();

  static Reading of(DatasetPlan plan) throws IOException {
    Reading reading = new Reading();
    SliceReader reader = SerializableUtils.clone(plan.reader());
    for (Slice slice : plan.slices()) {
      reader.read(CoderUtils.clone(SliceCoder.of(), slice), reading);
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
