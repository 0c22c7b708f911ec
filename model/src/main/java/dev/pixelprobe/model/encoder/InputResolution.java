package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * Finds how images enter an encoder, from its one input and the settings.
 *
 * @param name of the model and its input, for messages
 * @param tensor the input
 */
record InputResolution(String name, Signature.TensorDescription tensor, EncoderSettings settings) {
  private static final int MAX_SIZE = 2048;
  private static final double DEFAULT_SCALE = 1 / 255.0;

  ImageInput resolve() {
    Shape shape = tensor.shape;
    return switch (tensor.dataType) {
      case DT_FLOAT -> pixels(ImageInput.Kind.FLOAT, shape);
      case DT_UINT8 -> pixels(ImageInput.Kind.UINT8, shape);
      case DT_STRING -> encoded(shape);
      default -> throw notImages();
    };
  }

  private InvalidInputException notImages() {
    return new InvalidInputException(
        "%s: expected images as float32 or uint8 [-1, H, W, 3], or as encoded bytes [-1] or [-1, 1], got %s %s; choose another --signature"
            .formatted(name, typeName(tensor.dataType), tensor.shape));
  }

  static String typeName(DataType type) {
    return type.name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
  }

  private ImageInput encoded(Shape shape) {
    refuseScaling("encoded bytes");
    if (settings.channelsFirst() != null) {
      throw new InvalidInputException(
          "%s: expected no --channels-first for encoded bytes, got it; leave it out"
              .formatted(name));
    }
    int rank = shape.isUnknown() ? 1 : shape.numDimensions();
    boolean column = rank == 2 && (shape.get(1) == 1 || shape.get(1) < 0);
    if ((rank != 1 && !column) || (!shape.isUnknown() && shape.get(0) >= 0)) {
      throw notImages();
    }
    refuseFloats("encoded bytes");
    Integer size = settings.imageSize();
    refuseSizeWithoutResizing(size);
    return new ImageInput(
        column ? ImageInput.Kind.ENCODED_COLUMN : ImageInput.Kind.ENCODED,
        size == null ? ImageInput.AS_IT_IS : checkedSize(size),
        resize(),
        1,
        channels(null, 0),
        channels(null, 1),
        false);
  }

  private ImageInput pixels(ImageInput.Kind kind, Shape shape) {
    if (kind == ImageInput.Kind.UINT8) {
      refuseScaling("uint8 pixels");
      refuseFloats("uint8 pixels");
    }
    if (!shape.isUnknown() && (shape.numDimensions() != 4 || shape.get(0) >= 0)) {
      throw notImages();
    }
    boolean channelsFirst = channelsFirst(shape);
    int height = channelsFirst ? 2 : 1;
    if (!shape.isUnknown() && !fits(shape.get(channelsFirst ? 1 : 3), 3)) {
      throw notImages();
    }
    int size = size(dim(shape, height), dim(shape, height + 1));
    return new ImageInput(
        kind,
        size,
        resize(),
        kind == ImageInput.Kind.FLOAT ? scale() : 1,
        channels(mean(), 0),
        channels(std(), 1),
        channelsFirst);
  }

  private boolean channelsFirst(Shape shape) {
    Boolean said = settings.channelsFirst();
    return said != null ? said : dim(shape, 1) == 3 && dim(shape, 3) != 3;
  }

  private static long dim(Shape shape, int index) {
    return shape.isUnknown() ? Shape.UNKNOWN_SIZE : shape.get(index);
  }

  private static boolean fits(long dim, long wanted) {
    return dim < 0 || dim == wanted;
  }

  private int size(long height, long width) {
    return resize() == ResizeMethod.NONE ? originalSize(height, width) : squareSize(height, width);
  }

  private int originalSize(long height, long width) {
    refuseSizeWithoutResizing(settings.imageSize());
    if (height >= 0 || width >= 0) {
      throw new InvalidInputException(
          "%s: expected a graph that takes images of any size, got an input of shape %s; choose another --resample"
              .formatted(name, tensor.shape));
    }
    return ImageInput.AS_IT_IS;
  }

  private int squareSize(long height, long width) {
    long ofGraph = Math.max(height, width);
    Integer said = settings.imageSize();
    if (said == null && ofGraph < 0) {
      throw new InvalidInputException(
          "%s: expected the side of its images from the graph, --image-size or %s, got %s; say it with --image-size"
              .formatted(name, EncoderSettings.FILE, tensor.shape));
    }
    int size = checkedSize(said == null ? Math.toIntExact(ofGraph) : said);
    if (!fits(height, size) || !fits(width, size)) {
      throw new InvalidInputException(
          "%s: expected square images of %d pixels, got an input of shape %s; %s"
              .formatted(
                  name,
                  size,
                  tensor.shape,
                  height == width ? "leave out --image-size" : "choose another --signature"));
    }
    return size;
  }

  private int checkedSize(int size) {
    if (size < 1 || size > MAX_SIZE) {
      throw new InvalidInputException(
          "%s: image size: expected 1..%d, got %d".formatted(name, MAX_SIZE, size));
    }
    return size;
  }

  private ResizeMethod resize() {
    ResizeMethod said = settings.resample();
    return said == null ? ResizeMethod.BILINEAR : said;
  }

  private void refuseSizeWithoutResizing(@Nullable Integer size) {
    if (size != null && resize() == ResizeMethod.NONE) {
      throw new InvalidInputException(
          "%s: expected no image size where images are not resized, got %d; choose another --resample or leave out --image-size"
              .formatted(name, size));
    }
  }

  private void refuseFloats(String input) {
    if (resize().isFloat()) {
      throw new InvalidInputException(
          "%s: expected a --resample that gives 8-bit pixels for an input of %s, got %s; choose bilinear, bicubic or box"
              .formatted(name, input, resize()));
    }
  }

  private void refuseScaling(String input) {
    if (settings.scale() != null || settings.mean() != null || settings.std() != null) {
      throw new InvalidInputException(
          "%s: expected no scale, mean or std for an input of %s, got some; leave them out"
              .formatted(name, input));
    }
  }

  private double scale() {
    Double said = settings.scale();
    double scale = said == null ? DEFAULT_SCALE : said;
    if (scale == 0 || !Double.isFinite(scale)) {
      throw new InvalidInputException(
          "%s: scale: expected a number other than 0, got %s".formatted(name, scale));
    }
    return scale;
  }

  private @Nullable List<Double> mean() {
    List<Double> mean = settings.mean();
    return mean == null ? null : checked("mean", "1 or 3 numbers", mean, Double::isFinite);
  }

  private @Nullable List<Double> std() {
    List<Double> std = settings.std();
    return std == null
        ? null
        : checked("std", "1 or 3 numbers above 0", std, x -> x > 0 && Double.isFinite(x));
  }

  private List<Double> checked(
      String what, String expected, List<Double> values, DoublePredicate condition) {
    boolean whole = values.stream().allMatch(x -> x != null && condition.test(x));
    if ((values.size() != 1 && values.size() != 3) || !whole) {
      throw new InvalidInputException(
          "%s: %s: expected %s, got %s".formatted(name, what, expected, values));
    }
    return values;
  }

  private static List<Double> channels(@Nullable List<Double> values, double otherwise) {
    if (values == null) {
      return Collections.nCopies(3, otherwise);
    }
    return values.size() == 1 ? Collections.nCopies(3, values.get(0)) : values;
  }
}
