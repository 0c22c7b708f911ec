package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.inception.InceptionEncoder;
import dev.pixelprobe.model.inception.InceptionResize;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.Extractors;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the network of FID is, and how images are brought to its size. */
final class InceptionOptions {
  /** The extractor's name. */
  static final String NAME = "inception";

  /** These flags, which no other extractor has. */
  static final List<String> FLAGS = List.of("--inception", "--resize");

  @Option(
      names = "--inception",
      paramLabel = "FILE.pb|DIR|gs://..",
      description = {
        "inception: the graph " + InceptionEncoder.FILE + ", or its folder;",
        "default where `pixelprobe fetch inception` puts it"
      })
  private @Nullable Source graph;

  @Option(
      names = "--resize",
      paramLabel = "METHOD",
      description = {
        "inception: how images get its 299 pixels: tf1_bilinear in the graph itself, pil_bicubic as",
        "clean-fid, pytorch_bilinear as pytorch-fid; default tf1_bilinear"
      })
  private InceptionResize resize = InceptionResize.TF1_BILINEAR;

  /** Whether it is named, or fetched already. */
  boolean isAtHand() {
    return graph != null
        || Files.isRegularFile(UserCache.inception().resolve(InceptionEncoder.FILE));
  }

  /**
   * The network.
   *
   * @param tap 64, 192, 768 or 2048; null for 2048
   */
  Extractor extractor(@Nullable String tap, Precision precision) throws IOException {
    Path file = graph == null ? UserCache.inception() : graph.local();
    Path modelDir = InceptionEncoder.prepare(file, UserCache.directory().resolve("models"));
    return Extractors.ofInception(
        ModelPlace.made(modelDir).location(),
        tap,
        resize,
        precision,
        FrozenModelOptions.paletteOfViews());
  }
}
