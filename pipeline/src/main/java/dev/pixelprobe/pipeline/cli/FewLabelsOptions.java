package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Split;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Probes with few labels. */
final class FewLabelsOptions {
  private static final String LABELS_PER_CLASS = "--labels-per-class";
  private static final int DEFAULT_DRAWS = 5;

  @Option(
      names = LABELS_PER_CLASS,
      paramLabel = "N",
      split = ",",
      converter = Count.class,
      description =
          "also probe with only so many training images of each class, such as 4,25,400, drawn"
              + " --draws times; C by cross-validation among them")
  private @Nullable List<Integer> labelsPerClass;

  @Option(
      names = "--draws",
      paramLabel = "N",
      converter = Count.class,
      description = "draws of each number of labels per class; default 5")
  private int draws = DEFAULT_DRAWS;

  /** Ascending, none twice; empty if not asked for. */
  List<Integer> labelsPerClass() {
    return labelsPerClass == null
        ? List.of()
        : labelsPerClass.stream().distinct().sorted().toList();
  }

  int draws() {
    return draws;
  }

  /** Refuses, before anything is extracted, what the number of images already rules out. */
  void check(DatasetPlan dataset) {
    OptionalLong images = dataset.count(Split.TRAIN);
    int classes = dataset.classNames().size();
    if (images.isEmpty() || classes == 0) {
      return;
    }
    for (int perClass : labelsPerClass()) {
      if ((long) perClass * classes > images.getAsLong()) {
        throw new InvalidInputException(
            "%s: expected at most %d, as %s has %d training images of %d classes, got %d; ask for fewer or give more images"
                .formatted(
                    LABELS_PER_CLASS,
                    images.getAsLong() / classes,
                    dataset.name(),
                    images.getAsLong(),
                    classes,
                    perClass));
      }
    }
  }

  /** Arrays have no ids to draw by. */
  void requireNone() {
    if (labelsPerClass != null) {
      throw new InvalidInputException(
          LABELS_PER_CLASS
              + ": expected --features-dir, got arrays, whose images have no ids to draw by");
    }
  }

  private static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int count = text.strip().matches("\\d{1,8}") ? Integer.parseInt(text.strip()) : 0;
      if (count < 1) {
        throw new TypeConversionException(
            "expected a whole number of 1 or more, got %s".formatted(text));
      }
      return count;
    }
  }
}
