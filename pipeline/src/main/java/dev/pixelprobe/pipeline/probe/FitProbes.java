package dev.pixelprobe.pipeline.probe;

import dev.pixelprobe.eval.results.ProbeLine;
import dev.pixelprobe.pipeline.LiveCounts;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
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
 * Fits a linear probe to every column of a feature set, in parallel. Each worker reads only the
 * column it is at.
 */
public final class FitProbes extends PTransform<PBegin, PCollection<String>> {
  private final ProbeJob job;
  private final List<String> columns;

  private FitProbes(ProbeJob job, List<String> columns) {
    this.job = job;
    this.columns = columns;
  }

  /**
   * Probes of these columns.
   *
   * @param columns labels of layer features ({@code ln_1_4}) and names of baselines
   */
  public static FitProbes of(ProbeJob job, List<String> columns) {
    return new FitProbes(job, List.copyOf(columns));
  }

  /** One {@link dev.pixelprobe.eval.ProbeResult} as a line of JSON for every column. */
  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Columns", Create.of(columns).withCoder(StringUtf8Coder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Fit", ParDo.of(new FitFn(job)));
  }

  private static final class FitFn extends DoFn<String, String> {
    private static final Distribution FIT_MS = Metrics.distribution(FitProbes.class, "fit_ms");

    private final ProbeJob job;

    FitFn(ProbeJob job) {
      this.job = job;
    }

    @ProcessElement
    public void fit(@Element String column, OutputReceiver<String> results) throws IOException {
      long begin = System.nanoTime();
      results.output(ProbeLine.of(job.fit(column)));
      FIT_MS.update((System.nanoTime() - begin) / 1_000_000);
      LiveCounts.PROBES.increment();
    }
  }
}
