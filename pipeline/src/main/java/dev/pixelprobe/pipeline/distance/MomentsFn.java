package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine;

/** The moments of all features. Workers that share the images merge what each has seen. */
final class MomentsFn extends Combine.CombineFn<FeatureRow, Moments, Moments> {
  @Override
  public Moments createAccumulator() {
    return Moments.empty();
  }

  @Override
  public Moments addInput(Moments moments, FeatureRow row) {
    FeatureVectors features = row.features();
    moments.add(Matrix.wrap(features.values(), 1, features.size()));
    return moments;
  }

  @Override
  public Moments mergeAccumulators(Iterable<Moments> parts) {
    Moments merged = Moments.empty();
    parts.forEach(merged::merge);
    return merged;
  }

  @Override
  public Moments extractOutput(Moments moments) {
    return moments;
  }

  @Override
  public Coder<Moments> getAccumulatorCoder(CoderRegistry registry, Coder<FeatureRow> rows) {
    return MomentsCoder.of();
  }

  @Override
  public Coder<Moments> getDefaultOutputCoder(CoderRegistry registry, Coder<FeatureRow> rows) {
    return MomentsCoder.of();
  }
}
