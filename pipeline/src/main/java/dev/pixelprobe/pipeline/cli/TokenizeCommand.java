package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpyReader;
import dev.pixelprobe.model.array.NpyType;
import dev.pixelprobe.model.array.NpyWriter;
import dev.pixelprobe.model.array.Shape;
import dev.pixelprobe.pipeline.storage.FileFilling;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Images as an array to tokens as an array. */
@Command(
    name = "tokenize",
    description = "Turn an array of images into the tokens a model reads.",
    mixinStandardHelpOptions = true)
final class TokenizeCommand implements Callable<Integer> {
  private static final int ROWS_AT_ONCE = 256;

  @Option(
      names = "--images",
      paramLabel = "X.npy",
      required = true,
      description = "uint8 [N, H, W, 3]")
  private Source images;

  @Mixin private ModelOption model = new ModelOption();

  @ArgGroup(exclusive = false, heading = "Instead of a model:%n")
  private @Nullable PaletteGroup paletteGroup;

  @Option(
      names = "--out",
      paramLabel = "T.npy",
      required = true,
      description = "int32 [N, n_px * n_px]")
  private Target out;

  /** A tokenizer without a model. */
  static final class PaletteGroup {
    @Option(
        names = "--palette",
        paramLabel = "P.npy",
        required = true,
        description = "float32 [K, 3] in [-1, 1], as OpenAI's kmeans_centers.npy")
    private Source palette;

    @Option(
        names = "--n-px",
        paramLabel = "N",
        required = true,
        description = "side of the square the images are resized to")
    private int nPx;

    @Option(
        names = "--resample",
        paramLabel = "FILTER",
        defaultValue = "bilinear",
        description = "PIL's antialiased bilinear, bicubic or box; default ${DEFAULT-VALUE}")
    private Resample resample;

    Tokenizer tokenizer() throws IOException {
      if (nPx < 1 || nPx > dev.pixelprobe.model.Architecture.MAX_N_PX) {
        throw new InvalidInputException(
            "--n-px: expected 1..%d, got %d"
                .formatted(dev.pixelprobe.model.Architecture.MAX_N_PX, nPx));
      }
      return new Tokenizer(Palette.read(palette.local()), nPx, resample);
    }
  }

  @Override
  public Integer call() throws IOException {
    Tokenizer tokenizer = tokenizer();
    try (NpyReader reader = NpyReader.open(images.local())) {
      reader.shape().require("(N, H, W, 3)", "images " + images, "pass RGB images, channels last");
      int count = reader.shape().dim(0);
      Shape shape = Shape.of(count, tokenizer.nPx() * tokenizer.nPx());
      try (FileFilling file = FileFilling.of(out)) {
        try (NpyWriter writer = NpyWriter.create(file.path(), NpyType.INT32, shape)) {
          for (Optional<NpyArray> rows = reader.next(ROWS_AT_ONCE);
              rows.isPresent();
              rows = reader.next(ROWS_AT_ONCE)) {
            tokenize(rows.get(), tokenizer, writer);
          }
        }
        file.publish();
      }
      System.out.printf("%s: int32 %s%n", out, shape);
    }
    return 0;
  }

  private Tokenizer tokenizer() throws IOException {
    if (paletteGroup != null) {
      return paletteGroup.tokenizer();
    }
    Path dir = model.directory();
    return ModelInfo.read(dir).tokenizer(dir);
  }

  private static void tokenize(NpyArray rows, Tokenizer tokenizer, NpyWriter writer)
      throws IOException {
    byte[] bytes = rows.toBytes();
    int height = rows.shape().dim(1);
    int width = rows.shape().dim(2);
    int size = height * width * 3;
    for (int begin = 0; begin < bytes.length; begin += size) {
      byte[] rgb = Arrays.copyOfRange(bytes, begin, begin + size);
      writer.append(tokenizer.tokenize(RgbImage.wrap(height, width, rgb)).toInts());
    }
  }
}
