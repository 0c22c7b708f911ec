package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The files below a data set's folder, sorted by name. */
record Listing(DataFolder folder, List<DataFile> files) {

  static Listing of(String dir) throws IOException {
    DataFolder folder = DataFolder.of(dir);
    return new Listing(folder, folder.list());
  }

  /** Lists {@code dir/own}, or {@code dir} itself where it holds no such folder. */
  static Listing of(String dir, String own) throws IOException {
    DataFolder child = DataFolder.of(dir).child(own);
    List<DataFile> files = child.list();
    return files.isEmpty() ? of(dir) : new Listing(child, files);
  }

  Listing matching(Predicate<DataFile> wanted) {
    return new Listing(folder, files.stream().filter(wanted).toList());
  }

  Optional<DataFile> find(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** The non-blank lines of a small text file; empty if there is no such file. */
  List<String> lines(String name) throws IOException {
    if (find(name).isEmpty()) {
      return List.of();
    }
    try (InputStream in = folder.open(name, 0)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }

  /** The class names of a file that must have {@code classes} of them if it is there at all. */
  List<String> classNames(String file, int classes) throws IOException {
    List<String> names = lines(file);
    if (!names.isEmpty() && names.size() != classes) {
      throw new InvalidInputException(
          "%s%s: expected %d class names, got %d; restore the file or remove it"
              .formatted(folder.root(), file, classes, names.size()));
    }
    return names;
  }

  InvalidInputException missing(String expected, String got) {
    return new InvalidInputException(
        "%s: expected %s, got %s; pass --data with the folder that holds them"
            .formatted(folder.root(), expected, files.isEmpty() ? "no files at all" : got));
  }
}
