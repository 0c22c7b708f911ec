package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Sampler;
import dev.pixelprobe.model.SamplingOptions;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.ImageList;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.job.PipelineJob;
import dev.pixelprobe.pipeline.job.Watch;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples of one model.
 *
 * @param modelDir the SavedModel directory
 * @param count how many images
 * @param batchSize images at a time
 * @param primes real images to complete; null to draw whole ones
 */
public record Sampling(
    String modelDir,
    ModelInfo model,
    long count,
    SamplingOptions options,
    int batchSize,
    @Nullable Primes primes,
    SampleFormat format) {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
  private static final int DEFAULT_BATCH = 64;
  private static final long DEFAULT_CACHE_BYTES = 2L << 30;

  /** 64, or as many as 2 GiB of keys and values hold. */
  public static int defaultBatchSize(Architecture architecture) {
    long fitting = DEFAULT_CACHE_BYTES / Sampler.cacheBytes(architecture);
    return (int) Math.max(1, Math.min(DEFAULT_BATCH, fitting));
  }

  /** The same model and way of drawing, for the lower halves of these images in its size. */
  public Sampling completing(List<RgbImage> images) {
    Primes given = new Primes(ImageList.of(images), model.architecture().nPx() / 2, false);
    return new Sampling(modelDir, model, images.size(), options, batchSize, given, format);
  }

  /** How many tokens are drawn for all images. */
  public long tokens() {
    int nPx = model.architecture().nPx();
    int givenRows = primes == null ? 0 : primes.rows();
    return count * (nPx - givenRows) * nPx;
  }

  /**
   * Runs the pipeline and leaves the samples, a contact sheet and {@code samples.json}.
   *
   * @param location an empty folder that every worker can write to: an absolute local path, or a
   *     {@code gs://} URI
   */
  public SamplesInfo writeTo(String location, PipelineOptions pipelineOptions) throws IOException {
    long begin = System.nanoTime();
    Pipeline pipeline = Pipeline.create(pipelineOptions);
    Folder folder = Folder.at(location);
    build(pipeline, folder);
    Watch drawn = Watch.outputs(LiveCounts.TOKENS, "Draw").times(tokens() / count);
    PipelineResult result = PipelineJob.run(pipeline, drawn);
    LOG.info("metrics of the sampling: {}", result.metrics().allMetrics());
    WriteSamples.requireWritten(folder, format, count);
    folder.requireWritten(WriteContactSheet.NAME);
    SamplesInfo info = SamplesInfo.of(this, (System.nanoTime() - begin) / 1e9);
    folder.writeWhole(SamplesInfo.NAME, JsonFile.bytes(info));
    return info;
  }

  private void build(Pipeline pipeline, Folder folder) {
    SampleImages whole = SampleImages.of(modelDir, options, batchSize);
    PCollection<SampledImage> samples =
        pipeline
            .apply("Indices", GenerateSequence.from(0).to(count))
            .apply("SampleImages", primes == null ? whole : whole.completing(primes));
    samples.apply("WriteSamples", WriteSamples.to(folder, format, modelDir, count));
    samples.apply("WriteContactSheet", WriteContactSheet.to(folder, modelDir, primes));
  }
}
