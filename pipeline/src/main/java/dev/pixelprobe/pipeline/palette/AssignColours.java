package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.kmeans.Clusters;
import dev.pixelprobe.model.kmeans.ColourCounts;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Assigns all pixels to the nearest colours of one palette, in parallel, and sums the clusters up
 * into a single element; nothing comes out where there are no pixels.
 */
final class AssignColours extends PTransform<PCollection<ColourCounts>, PCollection<Clusters>> {
  private final PCollection<Palette> palette;

  private AssignColours(PCollection<Palette> palette) {
    this.palette = palette;
  }

  /** To the one palette in this collection. */
  static AssignColours to(PCollection<Palette> palette) {
    return new AssignColours(palette);
  }

  @Override
  public PCollection<Clusters> expand(PCollection<ColourCounts> cells) {
    PCollectionView<Palette> view = palette.apply("View", View.asSingleton());
    return cells
        .apply("Assign", ParDo.of(new AssignFn(view)).withSideInputs(view))
        .setCoder(ClustersCoder.of())
        .apply("Sum", Combine.globally(new SumFn()).withoutDefaults())
        .setCoder(ClustersCoder.of());
  }

  /** A bundle's clusters leave it at its end. */
  private static final class AssignFn extends DoFn<ColourCounts, Clusters> {
    private final PCollectionView<Palette> palette;
    private transient @Nullable Clusters clusters;

    AssignFn(PCollectionView<Palette> palette) {
      this.palette = palette;
    }

    @ProcessElement
    public void assign(ProcessContext context) {
      if (clusters == null) {
        clusters = Clusters.around(context.sideInput(palette));
      }
      clusters.add(context.element());
    }

    @FinishBundle
    public void emit(FinishBundleContext context) {
      if (clusters != null) {
        context.output(clusters, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      }
      clusters = null;
    }
  }

  private static final class SumFn extends Combine.BinaryCombineFn<Clusters> {
    @Override
    public Clusters apply(Clusters left, Clusters right) {
      return left.plus(right);
    }
  }
}
