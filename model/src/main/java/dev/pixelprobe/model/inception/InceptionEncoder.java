package dev.pixelprobe.model.inception;

import com.google.protobuf.CodedOutputStream;
import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.SavedModels;
import dev.pixelprobe.model.Sha256;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.EncoderInspection;
import dev.pixelprobe.model.encoder.EncoderSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.SavedModel;

/**
 * The network of FID, KID and the Inception Score (Heusel et al. 2017, Binkowski et al. 2018,
 * Salimans et al. 2016) as an encoder like any other.
 */
public final class InceptionEncoder {
  /** The graph's name in the archive that it was published in. */
  public static final String FILE = "classify_image_graph_def.pb";

  static final String ADVICE = "run `pixelprobe fetch inception`";

  /** Of what is written around the graph; raise it when that changes. */
  private static final int LAYOUT = 1;

  private static final long MAX_BYTES = 1L << 30;

  private InceptionEncoder() {}

  /**
   * Makes a SavedModel of the graph, unless it is there. Of several processes that do so at once,
   * the first wins.
   *
   * @param graph the frozen graph, or the folder that holds it as {@value #FILE}
   * @param cacheDir where to; the directory's name tells the graph's bytes
   * @return the SavedModel's directory
   * @throws InvalidInputException if there is no such file, or it holds another graph
   */
  public static Path prepare(Path graph, Path cacheDir) throws IOException {
    Path file = file(graph);
    byte[] bytes = Files.readAllBytes(file);
    Path modelDir =
        cacheDir.resolve("inception-%s-%d".formatted(Sha256.hex(bytes).substring(0, 16), LAYOUT));
    if (!SavedModels.isIn(modelDir)) {
      SavedModel model = InceptionGraph.parse(bytes, file).savedModel();
      try (AsideDirectory aside = AsideDirectory.of(modelDir)) {
        write(model, aside.path());
        aside.publish();
      } catch (FileSystemException e) {
        if (!SavedModels.isIn(modelDir)) {
          throw e;
        }
      }
    }
    return modelDir;
  }

  private static Path file(Path graph) throws IOException {
    Path file = Files.isDirectory(graph) ? graph.resolve(FILE) : graph;
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "Inception %s: expected %s or the folder that holds it, got none there; %s"
              .formatted(graph, FILE, ADVICE));
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new InvalidInputException(
          "Inception %s: expected at most %,d bytes, got %,d; %s"
              .formatted(file, MAX_BYTES, Files.size(file), ADVICE));
    }
    return file;
  }

  private static void write(SavedModel model, Path dir) throws IOException {
    try (OutputStream out = Files.newOutputStream(dir.resolve("saved_model.pb"))) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      model.writeTo(coded);
      coded.flush();
    }
    Files.writeString(
        dir.resolve(EncoderSettings.FILE), "{\"resample\": \"none\", \"scale\": 1}\n");
  }

  /**
   * How to run it; {@link dev.pixelprobe.model.encoder.ImageEncoder} does.
   *
   * @param modelDir as {@link #prepare} made it
   * @param outputs those wanted, in order
   * @throws InvalidInputException if the graph does not run, or an output has another width
   */
  public static EncoderInfo inspect(
      Path modelDir, List<InceptionOutput> outputs, InceptionResize resize, Precision precision)
      throws IOException {
    EncoderInfo info = EncoderInspection.of(modelDir, resize.settings(outputs), precision);
    for (int i = 0; i < outputs.size(); i++) {
      int dim = info.outputs().get(i).dim();
      if (dim != outputs.get(i).dim()) {
        throw new InvalidInputException(
            "Inception in %s, output %s: expected %d numbers per image, got %d; %s"
                .formatted(modelDir, outputs.get(i).label(), outputs.get(i).dim(), dim, ADVICE));
      }
    }
    return info;
  }
}
