package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.LayerFeature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that features depend on. Two extractions of the same key give the same features, so
 * the second is not needed.
 *
 * @param datasetDigest of the images in use: their files and any limits on how many are taken
 * @param resample bilinear, bicubic or box
 * @param input how tokens enter the model: {@code sos} or {@code hf}
 * @param precision of the model's arithmetic: {@code f32}
 */
public record FeatureKey(
    String modelDigest,
    String paletteDigest,
    String datasetDigest,
    int nPx,
    String resample,
    List<LayerFeature.Kind> kinds,
    List<Integer> layers,
    String input,
    String precision) {
  public FeatureKey {
    kinds = List.copyOf(kinds);
    layers = List.copyOf(layers);
  }

  /** SHA-256 in 64 hexadecimal digits; also changes with the format of feature sets. */
  public String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(canonical().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
        "kinds=" + kinds.stream().map(LayerFeature.Kind::label).collect(Collectors.joining(",")),
        "layers=" + layers.stream().map(String::valueOf).collect(Collectors.joining(",")),
        "input=" + input,
        "precision=" + precision);
  }
}
