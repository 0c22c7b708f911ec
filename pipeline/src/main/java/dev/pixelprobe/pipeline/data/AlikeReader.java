package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What another reader reads, if every record can be used and all images are as large as the first.
 *
 * @param first id of the first image, for messages
 */
record AlikeReader(SliceReader reader, String first, int height, int width) implements SliceReader {
  /**
   * Reads the first image, whose size is then that of all.
   *
   * @param first a slice of one record
   */
  static AlikeReader of(SliceReader reader, Slice first) throws IOException {
    List<LabelledImage> images = new ArrayList<>();
    reader.read(
        first,
        new Output() {
          @Override
          public void image(LabelledImage image) {
            images.add(image);
          }

          @Override
          public void deadLetter(DeadLetter letter) {
            throw unreadable(letter);
          }
        });
    RgbImage image = images.get(0).image();
    return new AlikeReader(reader, images.get(0).id().toString(), image.height(), image.width());
  }

  @Override
  public boolean beginsAnywhere() {
    return reader.beginsAnywhere();
  }

  @Override
  public void read(Slice slice, Output output) throws IOException {
    reader.read(
        slice,
        new Output() {
          @Override
          public void image(LabelledImage image) {
            check(image);
            output.image(image);
          }

          @Override
          public void deadLetter(DeadLetter letter) {
            throw unreadable(letter);
          }
        });
  }

  private void check(LabelledImage labelled) {
    RgbImage image = labelled.image();
    if (image.height() != height || image.width() != width) {
      throw new InvalidInputException(
          "image %s: expected %d x %d pixels as %s has, got %d x %d; resize it or move it away"
              .formatted(labelled.id(), height, width, first, image.height(), image.width()));
    }
  }

  private static InvalidInputException unreadable(DeadLetter letter) {
    return new InvalidInputException(
        "%s record %d: %s; mend the file or move it away"
            .formatted(letter.shard(), letter.record(), letter.reason()));
  }
}
