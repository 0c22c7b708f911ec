package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.ImageStart;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Sampler;
import dev.pixelprobe.model.SamplingOptions;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.extract.SharedModel;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Draws one batch. */
final class DrawFn extends DoFn<KV<Long, Iterable<Long>>, SampledImage> {
  private static final Counter IMAGES = Metrics.counter(SampleImages.class, "images");
  private static final Distribution BATCH_MS = Metrics.distribution(SampleImages.class, "batch_ms");

  private final String modelDir;
  private final SamplingOptions options;
  private final @Nullable Primes primes;
  private transient @Nullable SharedModel<ImageGpt> model;
  private transient @Nullable Sampler sampler;
  private transient @Nullable Tokenizer tokenizer;

  DrawFn(String modelDir, SamplingOptions options, @Nullable Primes primes) {
    this.modelDir = modelDir;
    this.options = options;
    this.primes = primes;
  }

  @Setup
  public void open(PipelineOptions pipelineOptions) throws IOException {
    Path dir = Source.of(modelDir).local();
    tokenizer = ModelInfo.read(dir).tokenizer(dir);
    model = SharedModel.ofImageGpt(modelDir, Precision.F32, pipelineOptions);
  }

  @ProcessElement
  public void draw(@Element KV<Long, Iterable<Long>> batch, OutputReceiver<SampledImage> out)
      throws IOException {
    long begin = System.nanoTime();
    List<ImageStart> starts = starts(batch.getValue());
    List<Tokens> images =
        Objects.requireNonNull(model, "@Setup opens it")
            .run(starts, (gpt, part) -> samplerOf(gpt).draw(part, options, LiveCounts.TOKENS::add));
    for (int image = 0; image < starts.size(); image++) {
      out.output(new SampledImage(starts.get(image).index(), images.get(image)));
    }
    IMAGES.inc(starts.size());
    BATCH_MS.update((System.nanoTime() - begin) / 1_000_000);
  }

  @Teardown
  public void close() {
    if (model != null) {
      model.close();
    }
  }

  private Sampler samplerOf(ImageGpt gpt) {
    if (sampler == null) {
      sampler = new Sampler(gpt);
    }
    return sampler;
  }

  private List<ImageStart> starts(Iterable<Long> indices) throws IOException {
    List<Long> sorted = new ArrayList<>();
    indices.forEach(sorted::add);
    sorted.sort(null);
    List<ImageStart> starts = new ArrayList<>();
    for (long index : sorted) {
      starts.add(
          primes == null
              ? ImageStart.empty(index)
              : primes.start(index, Objects.requireNonNull(tokenizer, "@Setup opens it")));
    }
    return starts;
  }
}
