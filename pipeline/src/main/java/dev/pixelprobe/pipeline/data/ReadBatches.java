package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Reads the images of a data set in batches, and prepares each image where it is read. A batch is a
 * pure function of the data and the size of batches: the same images always meet in the same one,
 * whatever the runner, the parallelism or the retries, and floating point gives the same bits.
 *
 * <p>What is handed out to the workers is slices, not images, so a runner fuses reading with the
 * model that the batches are for: while one thread's batch is on the device, others read theirs.
 */
public final class ReadBatches<T> extends PTransform<PBegin, PCollection<Batch<T>>> {
  /**
   * Fewer slices that cannot be cut would leave workers without any: there the batches are dealt
   * out, once all are read.
   */
  private static final int SLICES_FOR_ALL = 64;

  private final DatasetPlan plan;
  private final Preparation<T> preparation;
  private final Coder<T> coder;
  private final int batchSize;

  private ReadBatches(DatasetPlan plan, Preparation<T> preparation, Coder<T> coder, int batchSize) {
    this.plan = plan;
    this.preparation = preparation;
    this.coder = coder;
    this.batchSize = batchSize;
  }

  /**
   * The images of a plan.
   *
   * @param coder of a prepared image
   * @param batchSize records at a time; the last batch of a slice may be smaller
   */
  public static <T> ReadBatches<T> of(
      DatasetPlan plan, Preparation<T> preparation, Coder<T> coder, int batchSize) {
    return new ReadBatches<>(plan, preparation, coder, batchSize);
  }

  @Override
  public PCollection<Batch<T>> expand(PBegin begin) {
    PCollection<Batch<T>> batches =
        begin
            .apply("Slices", Read.from(new SliceSource(slices())))
            .apply("Read", ParDo.of(new ReadFn<>(plan.reader(), preparation, batchSize)))
            .setCoder(BatchCoder.of(coder));
    return isFine() ? batches : batches.apply("SpreadBatches", Reshuffle.viaRandomKey());
  }

  private boolean isFine() {
    return plan.reader().beginsAnywhere() || plan.slices().size() >= SLICES_FOR_ALL;
  }

  private List<Slice> slices() {
    return plan.reader().beginsAnywhere()
        ? plan.slices().stream().flatMap(slice -> slice.pieces(batchSize).stream()).toList()
        : plan.slices();
  }

  static final class ReadFn<T> extends DoFn<Slice, Batch<T>> {
    private final SliceReader reader;
    private final Preparation<T> preparation;
    private final int batchSize;
    private transient @Nullable Function<LabelledImage, T> prepare;

    ReadFn(SliceReader reader, Preparation<T> preparation, int batchSize) {
      this.reader = reader;
      this.preparation = preparation;
      this.batchSize = batchSize;
    }

    @Setup
    public void open() throws IOException {
      prepare = preparation.open();
    }

    @ProcessElement
    public void read(@Element Slice slice, OutputReceiver<Batch<T>> out) throws IOException {
      Function<LabelledImage, T> prepared = Objects.requireNonNull(prepare, "@Setup opens it");
      Batching<T> batching = new Batching<>(batchSize, out);
      CountedReading.read(
          reader,
          slice,
          image -> batching.addImage(prepared.apply(image)),
          batching::addDeadLetter);
      batching.end();
    }
  }

  /** Records of a slice that become batches. */
  private static final class Batching<T> {
    private final int batchSize;
    private final DoFn.OutputReceiver<Batch<T>> out;
    private final List<T> images = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();

    Batching(int batchSize, DoFn.OutputReceiver<Batch<T>> out) {
      this.batchSize = batchSize;
      this.out = out;
    }

    void addImage(T image) {
      images.add(image);
      endIfFull();
    }

    void addDeadLetter(DeadLetter letter) {
      letters.add(letter);
      endIfFull();
    }

    private void endIfFull() {
      if (images.size() + letters.size() == batchSize) {
        end();
      }
    }

    void end() {
      if (!images.isEmpty() || !letters.isEmpty()) {
        out.output(new Batch<>(images, letters));
        images.clear();
        letters.clear();
      }
    }
  }
}
