package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.pipeline.extract.FrozenImageGpt;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;

/**
 * How far real images in an Image GPT's size are from the same ones in its colours too: no sample
 * of it can come nearer but by chance. Statistics of all images decide it; no features are kept.
 */
public final class PaletteFloor {
  private final String modelDir;
  private final ModelInfo model;

  private PaletteFloor(String modelDir, ModelInfo model) {
    this.modelDir = modelDir;
    this.model = model;
  }

  /**
   * The floor of a model's samples.
   *
   * @param modelDir its SavedModel directory, a path or {@code gs://bucket/name}
   * @throws dev.pixelprobe.model.InvalidInputException if it is no Image GPT with a palette
   */
  public static PaletteFloor of(String modelDir) throws IOException {
    ModelInfo model = ModelInfo.read(Source.of(modelDir).local());
    model.requirePalette();
    return new PaletteFloor(modelDir, model);
  }

  /**
   * Whether the extractor itself reads images in these colours and this size: quantised twice they
   * are what they are quantised once, so the floor is 0 and need not be computed.
   */
  public boolean isZeroFor(Extractor extractor) {
    return extractor.model() instanceof FrozenImageGpt own
        && own.paletteDigest().equals(model.requirePalette())
        && own.model().architecture().nPx() == model.architecture().nPx();
  }

  /** The same images in the model's size. */
  public Summarizing resized(Summarizing real) {
    return rendered(real, false);
  }

  /** The same images in the model's size and colours. */
  public Summarizing quantized(Summarizing real) {
    return rendered(real, true);
  }

  private Summarizing rendered(Summarizing real, boolean quantized) {
    return new Summarizing(
        real.images().rendered(Rendering.of(modelDir, model, quantized)),
        real.extractor(),
        real.draw().nothing(),
        real.batchSize());
  }

  /** The distance, with the palette among its warnings. */
  public Distance between(
      FeatureSummary resized, FeatureSummary quantized, GenerativeMetrics.Options options) {
    return GenerativeMetrics.paletteFloor(resized, quantized, description(), options);
  }

  /** Palette and size, in words. */
  public String description() {
    return "real images in the %d colours of %s at %d px (PIL %s)"
        .formatted(
            model.architecture().colours(),
            model.name(),
            model.architecture().nPx(),
            model.resample());
  }
}
