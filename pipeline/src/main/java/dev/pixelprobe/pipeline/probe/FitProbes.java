package dev.pixelprobe.pipeline.probe;

import dev.pixelprobe.pipeline.LiveCounts;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Fits linear probes to a feature set, in parallel. Each worker reads only the columns of the task
 * it is at.
 */
final class FitProbes extends PTransform<PBegin, PCollection<String>> {
  private final ProbeJob job;

  private FitProbes(ProbeJob job) {
    this.job = job;
  }

  static FitProbes of(ProbeJob job) {
    return new FitProbes(job);
  }

  /** A {@link dev.pixelprobe.eval.results.ProbeLine} for every task of the job's plan. */
  @Override
  public PCollection<String> expand(PBegin begin) {
    List<Integer> numbers = IntStream.range(0, job.plan().size()).boxed().toList();
    return begin
        .apply("Tasks", Create.of(numbers).withCoder(VarIntCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Fit", ParDo.of(new FitFn(job)));
  }

  private static final class FitFn extends DoFn<Integer, String> {
    private static final Distribution FIT_MS = Metrics.distribution(FitProbes.class, "fit_ms");

    private final ProbeJob job;

    FitFn(ProbeJob job) {
      this.job = job;
    }

    @ProcessElement
    public void fit(@Element Integer number, OutputReceiver<String> results) throws IOException {
      long begin = System.nanoTime();
      results.output(job.fit(number).toJson());
      FIT_MS.update((System.nanoTime() - begin) / 1_000_000);
      LiveCounts.PROBES.increment();
    }
  }
}
