package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.beam.sdk.transforms.DoFn;

/** From all that a model made of an image to what is compared. */
final class TapFn extends DoFn<ImageFeatures, FeatureRow> {
  private final Range column;
  private final Range logits;
  private final Draw draw;

  private TapFn(Range column, Range logits, Draw draw) {
    this.column = column;
    this.logits = logits;
    this.draw = draw;
  }

  static TapFn of(Extractor extractor, Draw draw) {
    Range logits = extractor.logits() == null ? Range.NONE : extractor.range(extractor.logits());
    return new TapFn(extractor.range(extractor.column()), logits, draw);
  }

  @ProcessElement
  public void tap(@Element ImageFeatures image, OutputReceiver<FeatureRow> rows) {
    rows.output(
        new FeatureRow(
            draw.hash(image.id()),
            image.id(),
            column.of(image.features()),
            logits.of(image.features())));
  }

  /** Where a column's vector stands among those of an image. */
  record Range(int from, int to) implements Serializable {
    static final Range NONE = new Range(0, 0);

    FeatureVectors of(FeatureVectors all) {
      return FeatureVectors.wrap(Arrays.copyOfRange(all.values(), from, to));
    }
  }
}
