package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.pipeline.data.Split;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a feature set is and holds: its {@code features.json}, written last, so that a directory
 * without one is no feature set.
 *
 * @param digest of the {@link FeatureKey}: the same digest, the same features
 * @param resample how images were resized: bilinear, bicubic or box
 * @param input how images entered the model: as tokens, {@code sos} or {@code hf}, or as pixels, in
 *     words
 * @param precision of the model's arithmetic, {@code f32} or {@code bf16}
 * @param columns the features, in the order in which a row holds them
 * @param viewPx side of the square of pixels and tokens that is kept of each image
 * @param colours palette size
 * @param folds row numbers in the training split of each predefined fold; empty without folds
 * @param files with names relative to the manifest
 */
public record FeatureManifest(
    String digest,
    Model model,
    String paletteDigest,
    String resample,
    Dataset dataset,
    String input,
    String precision,
    List<FeatureColumn> columns,
    int viewPx,
    int colours,
    List<List<Integer>> folds,
    List<File> files,
    DeadLetters deadLetters,
    Scored scored) {
  /**
   * The model the features are of.
   *
   * @param nPx side of the images it reads; null if it takes any size
   * @param nLayer blocks of an Image GPT; null for other models
   * @param nEmbd width of an Image GPT; null for other models
   */
  public record Model(
      String name,
      String digest,
      @Nullable Integer nPx,
      @Nullable Integer nLayer,
      @Nullable Integer nEmbd) {}

  /**
   * The images the features are of.
   *
   * @param classes names, by label
   */
  public record Dataset(
      String name, String digest, List<String> classes, long nTrain, long nTest) {}

  /** One Parquet file, of the split that its name starts with. */
  public record File(String name, long rows) {
    boolean isOf(Split split) {
      return name.startsWith(split.label() + "-");
    }
  }

  /** The records that could not be used, one JSON line each. */
  public record DeadLetters(long count, String path) {}

  /** How many images have a number of nats per token. */
  public record Scored(long images) {}

  public FeatureManifest {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(deadLetters, "dead_letters");
    Objects.requireNonNull(scored, "scored");
    columns = List.copyOf(columns);
    folds = List.copyOf(folds);
    files = List.copyOf(files);
  }

  /** Order of the vectors and shape of a row. */
  public FeatureLayout layout() {
    return new FeatureLayout(columns, viewPx);
  }

  /** The files of one split. */
  public List<File> files(Split split) {
    return files.stream().filter(file -> file.isOf(split)).toList();
  }

  /** Rows of one split, over all its files. */
  public long rows(Split split) {
    return files(split).stream().mapToLong(File::rows).sum();
  }
}
