package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.pipeline.data.Split;
import java.util.List;

/**
 * What a feature set is and holds: its {@code features.json}, written last, so that a directory
 * without one is no feature set.
 *
 * @param digest of the {@link FeatureKey}: the same digest, the same features
 * @param resample how images were resized to n_px: bilinear, bicubic or box
 * @param input how tokens entered the model: {@code sos} or {@code hf}
 * @param precision of the model's arithmetic, {@code f32}
 * @param dim width of one feature vector
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
    List<LayerFeature.Kind> kinds,
    List<Integer> layers,
    int dim,
    int colours,
    List<List<Integer>> folds,
    List<File> files,
    DeadLetters deadLetters,
    Scored scored) {
  /** The model the features are of. */
  public record Model(String name, String digest, int nPx, int nLayer, int nEmbd) {}

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
    kinds = List.copyOf(kinds);
    layers = List.copyOf(layers);
    folds = List.copyOf(folds);
    files = List.copyOf(files);
  }

  /** Order of the vectors and shape of a row. */
  public FeatureLayout layout() {
    return FeatureLayout.of(kinds, layers, dim, model.nPx());
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
