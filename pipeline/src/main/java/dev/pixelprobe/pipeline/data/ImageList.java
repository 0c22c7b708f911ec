package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Images without labels, by number, for workers that read the same disk. */
public sealed interface ImageList extends Serializable
    permits ImageArray, ImageFiles, ImagesAtHand {
  /** What {@code sample} leaves beside its images: none of them. */
  String CONTACT_SHEET = "contact-sheet.png";

  /**
   * A folder of PNG or JPEG files, or an array.
   *
   * @param path a directory, or an .npy file of uint8 [N, H, W, 3]
   * @throws InvalidInputException if it is neither, or holds no image
   */
  static ImageList open(Path path) throws IOException {
    ImageList images = Files.isDirectory(path) ? ImageFiles.below(path) : ImageArray.open(path);
    if (images.size() == 0) {
      throw new InvalidInputException(
          "%s: expected PNG or JPEG files, or an array of at least 1 image, got none"
              .formatted(path));
    }
    return images;
  }

  /** Images that travel with the pipeline: a few small ones of one size, at least one. */
  static ImageList of(List<RgbImage> images) {
    return ImagesAtHand.of(images);
  }

  int size();

  /** Where an image is, for messages. */
  String nameOf(int number);

  /** By what an image is drawn and told from the others, in whatever folder the list is. */
  ImageId idOf(int number);

  /** Adds the names and contents of all files. */
  void addTo(PlanDigest digest) throws IOException;

  /**
   * One image.
   *
   * @throws InvalidInputException if it cannot be decoded
   */
  RgbImage read(int number) throws IOException;
}
