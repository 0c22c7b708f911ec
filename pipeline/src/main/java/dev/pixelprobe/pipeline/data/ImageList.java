package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Images without labels, by number, where every worker can read them. */
public sealed interface ImageList extends Serializable
    permits ImageArray, ImageFiles, ImagesAtHand {
  /** What {@code sample} leaves beside its images: none of them. */
  String CONTACT_SHEET = "contact-sheet.png";

  /**
   * A folder of PNG or JPEG files, or an array.
   *
   * @param location a folder, or an .npy file of uint8 [N, H, W, 3]: an absolute local path, or a
   *     {@code gs://} URI
   * @throws InvalidInputException if it is neither, or holds no image
   */
  static ImageList open(String location) throws IOException {
    ImageList images =
        isFolder(location) ? ImageFiles.below(Folder.at(location)) : ImageArray.open(location);
    if (images.size() == 0) {
      throw new InvalidInputException(
          "%s: expected PNG or JPEG files, or an array of at least 1 image, got none"
              .formatted(location));
    }
    return images;
  }

  /** Images that travel with the pipeline: a few small ones of one size, at least one. */
  static ImageList of(List<RgbImage> images) {
    return ImagesAtHand.of(images);
  }

  /** In a bucket the name tells: there are no folders. */
  static boolean isFolder(String location) {
    return Folder.isRemote(location)
        ? !location.toLowerCase(Locale.ROOT).endsWith(".npy")
        : Files.isDirectory(Path.of(location));
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
