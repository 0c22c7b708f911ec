package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data sets that can be read, by the name given to {@code --dataset}. */
public final class Datasets {
  public static final List<String> NAMES =
      List.of("shapes", "cifar10", "cifar100", "stl10", "tfrecord", "parquet", "folders");

  private Datasets() {}

  /**
   * Inspects a data set without reading its images.
   *
   * @param name one of {@link #NAMES}
   * @param dir local path or {@code gs://} URL of the folder that holds the data set's own folder
   *     (such as {@code cifar-10-batches-bin}), or of that folder itself; null for {@code shapes}
   * @throws InvalidInputException if the data set is unknown, absent, incomplete or malformed
   */
  public static DatasetPlan open(String name, @Nullable String dir, Limits limits)
      throws IOException {
    if (!NAMES.contains(name)) {
      throw new InvalidInputException(
          "--dataset: expected one of %s, got %s".formatted(String.join(", ", NAMES), name));
    }
    if (name.equals("shapes")) {
      return ShapesReader.plan(limits);
    }
    if (dir == null) {
      throw new InvalidInputException(
          name + ": expected the folder that holds its files, got none; pass --data DIR");
    }
    return switch (name) {
      case "cifar10" -> CifarPlanner.plan(CifarLayout.CIFAR10, dir, limits);
      case "cifar100" -> CifarPlanner.plan(CifarLayout.CIFAR100, dir, limits);
      case "stl10" -> StlPlanner.plan(dir, limits);
      case "tfrecord" -> TfRecordPlanner.plan(dir, limits);
      case "parquet" -> ParquetPlanner.plan(dir, limits);
      case "folders" -> FolderPlanner.plan(dir, limits);
      default -> throw new IllegalStateException(name);
    };
  }
}
