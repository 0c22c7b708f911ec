package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.eval.distance.MomentsBand;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * The moments of all features, in bands: Flink sorts what it groups, and an element must fit into
 * one of its sort buffers, a few MiB each.
 */
final class SumMoments extends PTransform<PCollection<FeatureRow>, PCollection<MomentsBand>> {
  @Override
  public PCollection<MomentsBand> expand(PCollection<FeatureRow> rows) {
    return rows.apply("OfBundles", ParDo.of(new OfBundleFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), MomentsBandCoder.of()))
        .apply("Sum", Combine.perKey(new SumFn()))
        .apply("Bands", Values.create())
        .setCoder(MomentsBandCoder.of());
  }

  /** A bundle's moments leave it at its end. */
  private static final class OfBundleFn extends DoFn<FeatureRow, KV<Integer, MomentsBand>> {
    private transient @Nullable Moments moments;

    @ProcessElement
    public void add(@Element FeatureRow row) {
      if (moments == null) {
        moments = Moments.empty();
      }
      FeatureVectors features = row.features();
      moments.add(Matrix.wrap(features.values(), 1, features.size()));
    }

    @FinishBundle
    public void emit(FinishBundleContext context) {
      if (moments != null) {
        for (MomentsBand band : moments.toBands()) {
          context.output(
              KV.of(band.first(), band), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
        }
      }
      moments = null;
    }
  }

  private static final class SumFn extends Combine.BinaryCombineFn<MomentsBand> {
    @Override
    public MomentsBand apply(MomentsBand left, MomentsBand right) {
      return left.plus(right);
    }
  }
}
