package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.Sha256;
import java.util.List;

/**
 * Everything that features depend on. Two extractions of the same key give the same features, so
 * the second is not needed.
 *
 * @param datasetDigest of the images in use: their files and any limits on how many are taken
 * @param nPx side of the square of pixels and tokens that is kept
 * @param resample bilinear, bicubic or box
 * @param columns names, in order
 * @param input how images enter the model: {@code sos}, {@code hf} or in words
 * @param precision of the model's arithmetic: {@code f32} or {@code bf16}
 */
public record FeatureKey(
    String modelDigest,
    String paletteDigest,
    String datasetDigest,
    int nPx,
    String resample,
    List<String> columns,
    String input,
    String precision) {
  public FeatureKey {
    columns = List.copyOf(columns);
  }

  /** SHA-256 in 64 hexadecimal digits; also changes with the format of feature sets. */
  public String digest() {
    return Sha256.hex(canonical());
  }

  private String canonical() {
    return String.join(
        "\n",
        FeatureManifestFile.SCHEMA,
        "model=" + modelDigest,
        "palette=" + paletteDigest,
        "dataset=" + datasetDigest,
        "n_px=" + nPx,
        "resample=" + resample,
        "columns=" + String.join(",", columns),
        "input=" + input,
        "precision=" + precision);
  }
}
