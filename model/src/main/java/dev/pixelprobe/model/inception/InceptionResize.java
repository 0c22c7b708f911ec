package dev.pixelprobe.model.inception;

import dev.pixelprobe.model.encoder.EncoderSettings;
import dev.pixelprobe.model.encoder.ResizeMethod;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How images become the 299 x 299 pixels that the network reads. Scores differ by it. */
public enum InceptionResize {
  /**
   * The graph's own, FID's original: not antialiased, corner-aligned pixels. Images enter at their
   * own size, and all of a batch must have one.
   */
  TF1_BILINEAR(ResizeMethod.NONE, null, "TF1 bilinear in the graph"),
  /** clean-fid's. */
  PIL_BICUBIC(ResizeMethod.PIL_BICUBIC, InceptionGraph.SIZE),
  /** pytorch-fid's. */
  PYTORCH_BILINEAR(ResizeMethod.PYTORCH_BILINEAR, InceptionGraph.SIZE);

  private final ResizeMethod method;
  private final @Nullable Integer size;
  private final String description;

  InceptionResize(ResizeMethod method, int size) {
    this(method, size, method.description());
  }

  InceptionResize(ResizeMethod method, @Nullable Integer size, String description) {
    this.method = method;
    this.size = size;
    this.description = description;
  }

  /** In words, for whatever prints a score: {@code TF1 bilinear in the graph to 299 px}. */
  public String description() {
    return "%s to %d px".formatted(description, InceptionGraph.SIZE);
  }

  /** How the SavedModel is called; the rest it says itself. */
  EncoderSettings settings(List<InceptionOutput> outputs) {
    List<String> names = outputs.stream().map(InceptionOutput::label).toList();
    return new EncoderSettings(null, names, size, method, null, null, null, null);
  }

  /** The name as the command line spells it: tf1_bilinear, pil_bicubic or pytorch_bilinear. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
