package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.EncoderInspection;
import dev.pixelprobe.model.encoder.EncoderOutput;
import dev.pixelprobe.model.encoder.EncoderSettings;
import dev.pixelprobe.model.encoder.ImageInput;
import dev.pixelprobe.model.encoder.ResizeMethod;
import dev.pixelprobe.model.inception.InceptionEncoder;
import dev.pixelprobe.model.inception.InceptionOutput;
import dev.pixelprobe.model.inception.InceptionResize;
import dev.pixelprobe.pipeline.extract.FrozenEncoder;
import dev.pixelprobe.pipeline.extract.FrozenImageGpt;
import dev.pixelprobe.pipeline.extract.FrozenModel;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The extractors there are. */
public final class Extractors {
  private Extractors() {}

  /**
   * A layer of an Image GPT.
   *
   * @param modelDir the SavedModel directory, a path or {@code gs://bucket/name}
   * @param tap such as {@code ln_1_4} or {@code h_8}; null for ln_1 of the middle layer
   * @throws InvalidInputException if there is no such tap
   */
  public static Extractor ofImageGpt(String modelDir, @Nullable String tap, Precision precision)
      throws IOException {
    ModelInfo info = ModelInfo.read(Source.of(modelDir).local());
    info.requirePalette();
    return ofLayer(
        new FrozenImageGpt(
            modelDir,
            info,
            List.of(layer(info, tap)),
            info.architecture().effective(InputReading.SOS),
            precision));
  }

  /** Of the layers that are extracted, the one nearest to the middle, and rather its ln_1. */
  public static Extractor nearestToTheMiddle(FrozenImageGpt model) {
    int middle = model.model().architecture().nLayer() / 2;
    LayerFeature nearest =
        Collections.min(
            model.features(),
            Comparator.<LayerFeature>comparingInt(feature -> Math.abs(feature.layer() - middle))
                .thenComparing(Comparator.naturalOrder()));
    return ofLayer(
        new FrozenImageGpt(
            model.modelDir(), model.model(), List.of(nearest), model.reading(), model.precision()));
  }

  private static Extractor ofLayer(FrozenImageGpt model) {
    ModelInfo info = model.model();
    return of(
        model,
        info.name() + " " + model.columns().get(0).name(),
        resizing(ResizeMethod.of(info.resample()), info.architecture().nPx()));
  }

  private static LayerFeature layer(ModelInfo info, @Nullable String tap) {
    int last = info.architecture().nLayer();
    if (tap == null) {
      return new LayerFeature(LayerFeature.Kind.LN_1, last / 2);
    }
    Optional<LayerFeature> found =
        Stream.of(LayerFeature.Kind.values())
            .flatMap(
                kind ->
                    IntStream.rangeClosed(0, last).mapToObj(layer -> new LayerFeature(kind, layer)))
            .filter(feature -> feature.label().equals(tap))
            .findFirst();
    return found.orElseThrow(
        () ->
            new InvalidInputException(
                "--tap: expected ln_1_0 to ln_1_%d or h_0 to h_%d of %s, got %s"
                    .formatted(last, last, info.name(), tap)));
  }

  /**
   * An output of any other SavedModel.
   *
   * @param modelDir its directory, a path or {@code gs://bucket/name}
   * @param settings how it is called; its outputs are left open
   * @param tap name of an output; null for the only one that is float32
   * @param palette of the small view that is kept of each image
   * @throws InvalidInputException if there is no such tap, or none is named and there are several
   */
  public static Extractor ofSavedModel(
      String modelDir,
      EncoderSettings settings,
      @Nullable String tap,
      Precision precision,
      Palette palette)
      throws IOException {
    EncoderSettings tapped = settings.withOutput(tap == null ? null : List.of(tap));
    EncoderInfo info =
        EncoderInspection.of(Source.of(modelDir).local(), tapped, precision).at(modelDir);
    if (info.outputs().size() != 1) {
      throw new InvalidInputException(
          "--tap: expected one of %s, outputs of %s, got none; name one"
              .formatted(info.outputs().stream().map(EncoderOutput::name).toList(), info.name()));
    }
    return of(
        new FrozenEncoder(info, palette),
        info.name() + " " + info.outputs().get(0).name(),
        resizing(info.input()));
  }

  /**
   * The network that FID is named for, with its logits for the Inception Score.
   *
   * @param modelDir as {@link InceptionEncoder#prepare} made it, a path or {@code gs://bucket/name}
   * @param tap width of the features: 64, 192, 768 or 2048; null for FID's own, 2048
   * @param palette of the small view that is kept of each image
   * @throws InvalidInputException if there is no such tap
   */
  public static Extractor ofInception(
      String modelDir,
      @Nullable String tap,
      InceptionResize resize,
      Precision precision,
      Palette palette)
      throws IOException {
    InceptionOutput output = tap == null ? InceptionOutput.POOL_2048 : InceptionOutput.tap(tap);
    EncoderInfo info =
        InceptionEncoder.inspect(
                Source.of(modelDir).local(),
                List.of(output, InceptionOutput.LOGITS_UNBIASED),
                resize,
                precision)
            .at(modelDir);
    FrozenEncoder model = new FrozenEncoder(info, palette);
    return new Extractor(
        model,
        model.columns().get(0),
        model.columns().get(1),
        Distance.INCEPTION + " " + output.label(),
        resize.description());
  }

  private static String resizing(ImageInput input) {
    return input.size() == ImageInput.AS_IT_IS
        ? "original size"
        : resizing(input.resize(), input.size());
  }

  private static String resizing(ResizeMethod method, int size) {
    return "%s to %d px".formatted(method.description(), size);
  }

  private static Extractor of(FrozenModel model, String name, String resizing) {
    return new Extractor(model, model.columns().get(0), null, name, resizing);
  }
}
