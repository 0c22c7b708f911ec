package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.model.checkpoint.BundledModels;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.Limits;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Extraction by the whole pipeline on embedded Flink, from files to Parquet, against a bare loop
 * over the SavedModel with the same batches and threads. Run it by {@code bench/pipeline.sh}.
 */
final class BenchmarkPipeline {
  /** Test images are also scored, which the loop does not do: as few as there can be. */
  private static final int TEST_IMAGES = 1;

  private final Path work;
  private final Extraction extraction;
  private final FrozenImageGpt model;
  private final int batch;

  private BenchmarkPipeline(Path work, int images) throws IOException {
    this.work = work;
    Path data = CifarFiles.write(work.resolve("data"), images / 2, TEST_IMAGES, 10);
    Path modelDir = work.resolve("model");
    BundledModels.install(BundledModels.IGPT_XS_16PX, modelDir);
    ModelInfo info = ModelInfo.read(modelDir);
    List<LayerFeature> features =
        IntStream.rangeClosed(0, info.architecture().nLayer())
            .mapToObj(layer -> new LayerFeature(LayerFeature.Kind.LN_1, layer))
            .toList();
    model =
        new FrozenImageGpt(modelDir.toString(), info, features, InputReading.SOS, Precision.F32);
    batch = BatchSize.DEFAULT.imagesFor(info.architecture());
    extraction =
        new Extraction(
            Datasets.open("cifar10", data.toString(), Limits.NONE),
            model,
            BatchSize.DEFAULT,
            new DeadLetterLimit(0));
  }

  /** Arguments: work directory, images, rounds. */
  public static void main(String[] args) throws IOException {
    new BenchmarkPipeline(Path.of(args[0]), Integer.parseInt(args[1]))
        .compare(Integer.parseInt(args[2]));
  }

  private void compare(int rounds) throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ImageGpt gpt = ImageGpt.open(Path.of(model.modelDir()), threads)) {
      FeatureReader first = extract("warm-up");
      List<Tokens> tokens = tokens(first);
      check(first.features(Split.TRAIN, List.of(model.columns().get(4).name())), loop(gpt, tokens));
      for (int round = 0; round < rounds; round++) {
        long begin = System.nanoTime();
        loop(gpt, tokens);
        print("bare loop", begin);
        begin = System.nanoTime();
        extract("set-" + round);
        print("Beam on embedded Flink", begin);
      }
    }
  }

  private FeatureReader extract(String name) throws IOException {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setParallelism(Runtime.getRuntime().availableProcessors());
    options.setObjectReuse(true);
    Path set = Files.createDirectory(work.resolve(name));
    extraction.writeTo(set.toString(), options);
    return FeatureReader.open(set.toString());
  }

  /** Of the pixels that the model saw, in the order of the ids. */
  private List<Tokens> tokens(FeatureReader features) throws IOException {
    FeatureTable pixels = features.pixels(Split.TRAIN);
    int side = model.viewPx();
    Palette palette = Palette.read(Path.of(model.modelDir(), "assets.extra", "palette.npy"));
    Tokenizer tokenizer = new Tokenizer(palette, side, model.resample());
    return IntStream.range(0, pixels.rows())
        .mapToObj(row -> tokenizer.quantize(image(pixels, row, side)))
        .toList();
  }

  private static RgbImage image(FeatureTable pixels, int row, int side) {
    byte[] rgb = new byte[pixels.width()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) pixels.values()[row * rgb.length + i];
    }
    return RgbImage.wrap(side, side, rgb);
  }

  /** The features of the fifth column, image after image. */
  private float[] loop(ImageGpt gpt, List<Tokens> tokens) {
    ForwardPass.Query query =
        new ForwardPass.Query(model.features(), InputReading.SOS, /* score= */ false);
    float[] fifth = new float[tokens.size() * gpt.architecture().nEmbd()];
    int next = 0;
    for (int from = 0; from < tokens.size(); from += batch) {
      List<Tokens> images = tokens.subList(from, Math.min(from + batch, tokens.size()));
      ForwardPass pass = gpt.run(images, query);
      for (int image = 0; image < images.size(); image++) {
        float[] feature = pass.feature(4, image);
        System.arraycopy(feature, 0, fifth, next, feature.length);
        next += feature.length;
      }
    }
    return fifth;
  }

  private static void check(FeatureTable table, float[] looped) {
    double worst = 0;
    for (int i = 0; i < looped.length; i++) {
      worst = Math.max(worst, Math.abs(looped[i] - table.values()[i]));
    }
    System.out.printf(Locale.ROOT, "check: features equal within %.1e%n", worst);
    if (!(worst <= 2e-5)) {
      throw new AssertionError("the pipeline's features are not those of the loop");
    }
  }

  private static void print(String variant, long begin) {
    System.out.printf(Locale.ROOT, "%s\t%.6f%n", variant, (System.nanoTime() - begin) / 1e9);
  }
}
