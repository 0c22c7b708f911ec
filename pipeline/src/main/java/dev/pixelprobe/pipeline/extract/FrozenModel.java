package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.Preparation;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import dev.pixelprobe.pipeline.job.Watch;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;

/** A model, which of its features are wanted, and how they are computed. */
public sealed interface FrozenModel permits FrozenImageGpt, FrozenEncoder {
  /** Name, digest and size. */
  FeatureManifest.Model described();

  List<FeatureColumn> columns();

  Precision precision();

  /** How images enter the model: {@code sos}, {@code hf} or in words. */
  String input();

  Resample resample();

  /** Of the tokens that are kept with the features. */
  String paletteDigest();

  /** Size of that palette. */
  int colours();

  /** Side of the square of pixels and tokens that is kept with the features. */
  int viewPx();

  /** Whether test images get their nats per token. */
  boolean scoresTestImages();

  /** From a data set to {@link Extracted}, in batches of at most this size. */
  PTransform<PBegin, PCollectionTuple> extraction(DatasetPlan dataset, BatchSize batchSize);

  /**
   * The same without nats per token: only the blocks below the deepest layer are run.
   *
   * @param rendering of the images, before they enter the model
   */
  PTransform<PBegin, PCollectionTuple> featuresAlone(
      DatasetPlan dataset, Preparation<LabelledImage> rendering, BatchSize batchSize);

  /** What tells on a cluster how many images have gone through it. */
  Watch progress();
}
