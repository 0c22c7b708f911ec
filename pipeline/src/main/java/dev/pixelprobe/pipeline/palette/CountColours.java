package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.kmeans.ColourCounter;
import dev.pixelprobe.model.kmeans.ColourCounts;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.LabelledImage;
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
 * How many pixels have which colour, one element for each cell of 32 x 32 x 32 colours: however
 * many images there are, at most 512 elements of 32,768 colours.
 */
final class CountColours extends PTransform<PCollection<LabelledImage>, PCollection<ColourCounts>> {
  private final Resizing resizing;

  private CountColours(Resizing resizing) {
    this.resizing = resizing;
  }

  static CountColours after(Resizing resizing) {
    return new CountColours(resizing);
  }

  @Override
  public PCollection<ColourCounts> expand(PCollection<LabelledImage> images) {
    return images
        .apply("Count", ParDo.of(new CountFn(resizing)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ColourCountsCoder.of()))
        .apply("Sum", Combine.perKey(new SumFn()))
        .apply("Cells", Values.create())
        .setCoder(ColourCountsCoder.of());
  }

  /** A bundle's counts leave it at its end. */
  private static final class CountFn extends DoFn<LabelledImage, KV<Integer, ColourCounts>> {
    private final Resizing resizing;
    private transient @Nullable ColourCounter counter;

    CountFn(Resizing resizing) {
      this.resizing = resizing;
    }

    @ProcessElement
    public void count(@Element LabelledImage labelled) {
      RgbImage image = resizing.apply(labelled.image());
      if (counter == null) {
        counter = new ColourCounter();
      }
      counter.add(image);
      LiveCounts.IMAGES.increment();
    }

    @FinishBundle
    public void emit(FinishBundleContext context) {
      if (counter != null) {
        counter.forEachCell(
            (cell, counts) ->
                context.output(
                    KV.of(cell, counts), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
      }
      counter = null;
    }
  }

  private static final class SumFn extends Combine.BinaryCombineFn<ColourCounts> {
    @Override
    public ColourCounts apply(ColourCounts left, ColourCounts right) {
      return left.plus(right);
    }
  }
}
