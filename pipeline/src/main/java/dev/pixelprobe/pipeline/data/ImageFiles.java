package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The PNG and JPEG files below a folder, however deep, sorted by name. */
record ImageFiles(List<String> files) implements ImageList {
  private static final Pattern IMAGE =
      Pattern.compile(".*\\.(png|jpg|jpeg)", Pattern.CASE_INSENSITIVE);

  ImageFiles {
    files = List.copyOf(files);
  }

  static ImageFiles below(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return new ImageFiles(
          tree.filter(Files::isRegularFile)
              .map(Path::toString)
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
    return files.get(number);
  }

  @Override
  public RgbImage read(int number) throws IOException {
    String file = files.get(number);
    try {
      return ImageDecoder.decode(Files.readAllBytes(Path.of(file)));
    } catch (UnreadableRecordException e) {
      throw new InvalidInputException(
          "%s: %s; mend it or move it away".formatted(file, e.getMessage()), e);
    }
  }
}
