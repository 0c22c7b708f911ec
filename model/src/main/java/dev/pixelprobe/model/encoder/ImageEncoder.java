package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.SavedModels;
import dev.pixelprobe.model.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFFailedPreconditionException;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.types.TFloat32;

/**
 * A frozen model that turns images into vectors, loaded from any SavedModel directory. Owns the
 * native memory; takes and returns plain Java values.
 *
 * <p>Thread-safe: any number of threads may run it at once, sharing the weights.
 */
public final class ImageEncoder implements AutoCloseable {
  private final SavedModelBundle bundle;
  private final EncoderSignature signature;
  private final EncoderInfo info;

  private ImageEncoder(SavedModelBundle bundle, EncoderSignature signature, EncoderInfo info) {
    this.bundle = bundle;
    this.signature = signature;
    this.info = info;
  }

  /** {@link #open(EncoderInfo, SessionOptions)} with so many CPU threads. */
  public static ImageEncoder open(EncoderInfo info, int threads) throws IOException {
    return open(info, SessionOptions.ofThreads(threads));
  }

  /**
   * Loads the model.
   *
   * @throws InvalidInputException if the directory no longer holds what {@code info} says
   */
  public static ImageEncoder open(EncoderInfo info, SessionOptions options) throws IOException {
    SavedModelBundle bundle = SavedModels.load(Path.of(info.modelDir()), info.precision(), options);
    try {
      EncoderSignature signature =
          EncoderSignature.of(bundle, info.signature(), "model " + info.modelDir());
      signature.outputs(info.outputs().stream().map(EncoderOutput::name).toList());
      return new ImageEncoder(bundle, signature, info);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  public EncoderInfo info() {
    return info;
  }

  /**
   * One forward pass over a batch.
   *
   * @param images as {@link ImageInput#prepare} makes them
   * @return a vector for each image: its outputs one after the other, as they came, finite or not
   */
  public List<float[]> run(List<RgbImage> images) {
    List<String> names = info.outputs().stream().map(EncoderOutput::name).toList();
    List<PooledOutput> outputs = forward(bundle, signature, info.input(), names, images, name());
    List<float[]> vectors = new ArrayList<>();
    for (int image = 0; image < images.size(); image++) {
      vectors.add(vector(outputs, image));
    }
    return vectors;
  }

  private float[] vector(List<PooledOutput> outputs, int image) {
    float[] vector = new float[info.dim()];
    int at = 0;
    for (int i = 0; i < outputs.size(); i++) {
      EncoderOutput expected = info.outputs().get(i);
      PooledOutput output = outputs.get(i);
      if (output.dim() != expected.dim()) {
        throw new InvalidInputException(
            "%s, output %s: expected %d numbers per image, got %d; its width must not depend on the image"
                .formatted(name(), expected.name(), expected.dim(), output.dim()));
      }
      output.copyTo(image, vector, at);
      at += output.dim();
    }
    return vector;
  }

  private String name() {
    return "model " + info.modelDir();
  }

  static List<PooledOutput> forward(
      SavedModelBundle bundle,
      EncoderSignature signature,
      ImageInput input,
      List<String> outputs,
      List<RgbImage> images,
      String model) {
    try (Tensor tensor = ImageTensors.of(images, input)) {
      Session.Runner runner = bundle.session().runner().feed(signature.inputTensor(), tensor);
      outputs.forEach(output -> runner.fetch(signature.outputTensor(output)));
      try (Result result = runner.run()) {
        List<PooledOutput> pooled = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
          String name = "%s, output %s".formatted(model, outputs.get(i));
          pooled.add(PooledOutput.of((TFloat32) result.get(i), images.size(), name));
        }
        return pooled;
      }
    } catch (TFInvalidArgumentException
        | TFOutOfRangeException
        | TFFailedPreconditionException
        | TFUnimplementedException e) {
      throw new InvalidInputException(
          "%s: expected it to take images (%s), got: %s; check --image-size and --channels-first"
              .formatted(model, input.describe(), SavedModels.firstLine(e)),
          e);
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
