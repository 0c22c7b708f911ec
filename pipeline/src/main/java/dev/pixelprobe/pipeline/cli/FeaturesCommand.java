package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.SessionOptions;
import dev.pixelprobe.model.array.NpyType;
import dev.pixelprobe.model.array.NpyWriter;
import dev.pixelprobe.model.array.Shape;
import dev.pixelprobe.pipeline.storage.FileFilling;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tokens as an array to features as an array. */
@Command(
    name = "features",
    description = "Compute the features of tokens: the activations averaged over positions.",
    mixinStandardHelpOptions = true)
final class FeaturesCommand implements Callable<Integer> {
  @Option(
      names = "--tokens",
      paramLabel = "T.npy",
      required = true,
      description = "int32 or int64 [N, n_px * n_px]")
  private Source tokens;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private LayerOptions layers = new LayerOptions();
  @Mixin private InputOption input = new InputOption();
  @Mixin private PrecisionOption precision = new PrecisionOption();
  @Mixin private BatchOption batch = new BatchOption();
  @Mixin private DeviceOptions device = new DeviceOptions();

  @Option(
      names = "--out",
      paramLabel = "F.npy",
      required = true,
      description = "float32 [N, layers, n_embd]")
  private Target out;

  @Override
  public Integer call() throws IOException {
    device.forProcess();
    Architecture architecture = model.info().architecture();
    List<LayerFeature> wanted = layers.singleFeatures(architecture);
    InputReading reading = input.reading(architecture);
    AtomicLong done = new AtomicLong();
    try (TokenFile file = TokenFile.open(tokens.local(), architecture, reading);
        ImageGpt gpt =
            ImageGpt.open(model.directory(), precision.precision(), SessionOptions.ofProcess())) {
      Shape shape = Shape.of(file.images(), wanted.size(), architecture.nEmbd());
      ForwardPass.Query query = new ForwardPass.Query(wanted, reading, /* score= */ false);
      try (FileFilling filling = FileFilling.of(out)) {
        try (NpyWriter writer = NpyWriter.create(filling.path(), NpyType.FLOAT32, shape);
            ProgressLine progress =
                new ProgressLine("features", "images", OptionalLong.of(file.images()), done::get)) {
          file.forEachBatch(
              batch.images(architecture),
              images -> {
                append(gpt.run(images, query), wanted.size(), writer);
                done.addAndGet(images.size());
              });
        }
        filling.publish();
      }
      System.out.printf("%s: float32 %s%n", out, shape);
    }
    return 0;
  }

  private static void append(ForwardPass pass, int columns, NpyWriter writer) throws IOException {
    for (int image = 0; image < pass.images(); image++) {
      for (int column = 0; column < columns; column++) {
        writer.append(pass.feature(column, image));
      }
    }
  }
}
