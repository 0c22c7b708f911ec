package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.encoder.EncoderSettings;
import dev.pixelprobe.model.encoder.ResizeMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a SavedModel that is not an Image GPT is called, but for its outputs. */
final class EncoderOptions {
  private static final String OTHERS = "models other than Image GPT: ";

  @Option(
      names = "--signature",
      paramLabel = "NAME",
      description = OTHERS + "the signature; default serving_default")
  private @Nullable String signature;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = OTHERS + "side of the square images are resized to; default the graph's own")
  private @Nullable Integer imageSize;

  @Option(
      names = "--resample",
      paramLabel = "METHOD",
      description =
          OTHERS
              + "PIL's bilinear, bicubic or box to 8 bits; without rounding pil_bicubic as clean-fid"
              + " or pytorch_bilinear as pytorch-fid; none if the graph does it; default bilinear")
  private @Nullable ResizeMethod resample;

  @Option(
      names = "--scale",
      paramLabel = "X",
      converter = FractionConverter.class,
      description =
          OTHERS + "a float input gets (pixel * scale - mean) / std; default 1/255, 0 and 1")
  private @Nullable Double scale;

  @Option(
      names = "--mean",
      paramLabel = "X",
      split = ",",
      description = OTHERS + "one number, or one each for red, green and blue")
  private @Nullable List<Double> mean;

  @Option(names = "--std", paramLabel = "X", split = ",", description = OTHERS + "likewise")
  private @Nullable List<Double> std;

  @Option(
      names = "--channels-first",
      description = OTHERS + "the input is [B, 3, H, W] and its shape does not tell")
  private @Nullable Boolean channelsFirst;

  EncoderSettings settings() {
    return new EncoderSettings(
        signature, null, imageSize, resample, scale, mean, std, channelsFirst);
  }

  /** A number, or a fraction as in 1/255. */
  static final class FractionConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      String[] parts = text.split("/", -1);
      try {
        double number = Double.parseDouble(parts[0]);
        if (parts.length == 1) {
          return number;
        }
        if (parts.length == 2) {
          return number / Double.parseDouble(parts[1]);
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new TypeConversionException(
          "expected a number or a fraction such as 1/255, got '%s'".formatted(text));
    }
  }
}
