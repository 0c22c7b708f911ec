package dev.pixelprobe.pipeline.sample;

import com.google.protobuf.ByteString;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.TFRecordIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** Writes samples as images in the palette's colours. */
final class WriteSamples extends PTransform<PCollection<SampledImage>, PDone> {
  private static final int RECORDS_PER_SHARD = 10_000;
  private static final Map<SampleFormat, String> FILES =
      Map.of(
          SampleFormat.PNG, "sample-\\d+\\.png",
          SampleFormat.TFRECORD, "samples-\\d+-of-\\d+\\.tfrecord");

  private final String modelDir;
  private final SampleFormat format;
  private final long count;
  private final Folder folder;

  private WriteSamples(String modelDir, SampleFormat format, long count, Folder folder) {
    this.modelDir = modelDir;
    this.format = format;
    this.count = count;
    this.folder = folder;
  }

  /**
   * Writes into a folder.
   *
   * @param modelDir has the palette
   * @param count how many samples there are
   */
  static WriteSamples to(Folder folder, SampleFormat format, String modelDir, long count) {
    return new WriteSamples(modelDir, format, count, folder);
  }

  @Override
  public PDone expand(PCollection<SampledImage> samples) {
    PCollection<KV<Long, byte[]>> images =
        samples
            .apply("Encode", ParDo.of(new EncodeFn(modelDir)))
            .setCoder(KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of()));
    return switch (format) {
      case PNG -> {
        images.apply("WriteFiles", ParDo.of(new WriteFileFn(folder)));
        yield PDone.in(samples.getPipeline());
      }
      case TFRECORD ->
          images
              .apply("ToExample", MapElements.via(new ToExampleFn()))
              .apply(
                  "WriteShards",
                  TFRecordIO.write()
                      .to(folder.file("samples"))
                      .withSuffix(".tfrecord")
                      .withNumShards(shards(count)));
    };
  }

  /** Says so if workers wrote what this machine does not see. */
  static void requireWritten(Folder folder, SampleFormat format, long count) throws IOException {
    long expected = format == SampleFormat.PNG ? count : shards(count);
    long found =
        folder.list().stream().filter(file -> file.name().matches(FILES.get(format))).count();
    if (found < expected) {
      throw folder.unseen("%d files of samples".formatted(expected));
    }
  }

  private static int shards(long count) {
    return (int) ((count + RECORDS_PER_SHARD - 1) / RECORDS_PER_SHARD);
  }

  /** From tokens to PNG. */
  static final class EncodeFn extends DoFn<SampledImage, KV<Long, byte[]>> {
    private final String modelDir;
    private transient @Nullable Tokenizer tokenizer;

    EncodeFn(String modelDir) {
      this.modelDir = modelDir;
    }

    @Setup
    public void readPalette() throws IOException {
      Path dir = Source.of(modelDir).local();
      tokenizer = ModelInfo.read(dir).tokenizer(dir);
    }

    @ProcessElement
    public void encode(@Element SampledImage sample, OutputReceiver<KV<Long, byte[]>> out)
        throws IOException {
      Tokenizer palette = Objects.requireNonNull(tokenizer, "@Setup reads it");
      byte[] png = Png.encode(Png.buffered(palette.untokenize(sample.tokens())));
      out.output(KV.of(sample.index(), png));
    }
  }

  /** A retry writes the same bytes to the same file. */
  static final class WriteFileFn extends DoFn<KV<Long, byte[]>, Void> {
    private final Folder folder;

    WriteFileFn(Folder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element KV<Long, byte[]> sample) throws IOException {
      String name = "sample-%05d.png".formatted(sample.getKey());
      folder.write(name, sample.getValue(), "image/png");
    }
  }

  private static final class ToExampleFn extends SimpleFunction<KV<Long, byte[]>, byte[]> {
    @Override
    public byte[] apply(KV<Long, byte[]> sample) {
      Features features =
          Features.newBuilder()
              .putFeature("image/encoded", bytes(ByteString.copyFrom(sample.getValue())))
              .putFeature("image/format", bytes(ByteString.copyFromUtf8("png")))
              .putFeature("image/index", integer(sample.getKey()))
              .build();
      return Example.newBuilder().setFeatures(features).build().toByteArray();
    }

    private static Feature bytes(ByteString value) {
      return Feature.newBuilder().setBytesList(BytesList.newBuilder().addValue(value)).build();
    }

    private static Feature integer(long value) {
      return Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(value)).build();
    }
  }
}
