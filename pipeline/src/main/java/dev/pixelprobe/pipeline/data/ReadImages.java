package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads the images of a data set, its slices in parallel. What cannot be read comes out under
 * {@link #DEAD_LETTERS}, one letter per damaged record.
 */
public final class ReadImages extends PTransform<PBegin, PCollectionTuple> {
  public static final TupleTag<LabelledImage> IMAGES = new TupleTag<>() {};
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>() {};

  private final DatasetPlan plan;

  private ReadImages(DatasetPlan plan) {
    this.plan = plan;
  }

  public static ReadImages from(DatasetPlan plan) {
    return new ReadImages(plan);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple records =
        begin
            .apply("Slices", Read.from(new SliceSource(plan.slices())))
            .apply(
                "Read",
                ParDo.of(new ReadFn(plan.reader()))
                    .withOutputTags(IMAGES, TupleTagList.of(DEAD_LETTERS)));
    records.get(IMAGES).setCoder(LabelledImageCoder.of());
    records.get(DEAD_LETTERS).setCoder(DeadLetterCoder.of());
    return records;
  }

  private static final class ReadFn extends DoFn<Slice, LabelledImage> {
    private final SliceReader reader;

    private ReadFn(SliceReader reader) {
      this.reader = reader;
    }

    @ProcessElement
    public void read(@Element Slice slice, MultiOutputReceiver receiver) throws IOException {
      CountedReading.read(
          reader, slice, receiver.get(IMAGES)::output, receiver.get(DEAD_LETTERS)::output);
    }
  }
}
