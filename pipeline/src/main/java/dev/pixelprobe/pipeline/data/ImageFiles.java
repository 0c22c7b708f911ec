package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The PNG and JPEG files below a folder, however deep, sorted by name.
 *
 * @param files relative to the folder
 */
record ImageFiles(String folder, List<String> files) implements ImageList {
  private static final Pattern IMAGE =
      Pattern.compile(".*\\.(png|jpg|jpeg)", Pattern.CASE_INSENSITIVE);

  ImageFiles {
    files = List.copyOf(files);
  }

  static ImageFiles below(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return new ImageFiles(
          folder.toString(),
          tree.filter(Files::isRegularFile)
              .filter(file -> !file.endsWith(CONTACT_SHEET))
              .map(file -> folder.relativize(file).toString())
              .filter(file -> IMAGE.matcher(file).matches())
              .sorted()
              .toList());
    }
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public String nameOf(int number) {
    return file(number).toString();
  }

  @Override
  public ImageId idOf(int number) {
    return ImageId.ofFile("images", Split.TEST, files.get(number), number);
  }

  @Override
  public RgbImage read(int number) throws IOException {
    try {
      return ImageDecoder.decode(Files.readAllBytes(file(number)));
    } catch (UnreadableRecordException e) {
      throw new InvalidInputException(
          "%s: %s; mend it or move it away".formatted(file(number), e.getMessage()), e);
    }
  }

  @Override
  public void addTo(PlanDigest digest) throws IOException {
    for (String file : files) {
      digest.addFile(file, Path.of(folder, file));
    }
  }

  private Path file(int number) {
    return Path.of(folder, files.get(number));
  }
}
