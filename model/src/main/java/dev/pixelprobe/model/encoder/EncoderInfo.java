package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.Precision;
import java.io.Serializable;
import java.util.List;

/**
 * An encoder as {@link EncoderInspection} found it: all that a worker needs to open it.
 *
 * @param modelDir its SavedModel directory, as whoever opens it finds it
 * @param name the directory's own
 * @param digest SHA-256 of the SavedModel's files, the signature and how images enter
 * @param outputs those wanted, in order
 */
public record EncoderInfo(
    String modelDir,
    String name,
    String digest,
    String signature,
    ImageInput input,
    List<EncoderOutput> outputs,
    Precision precision)
    implements Serializable {
  public EncoderInfo {
    outputs = List.copyOf(outputs);
  }

  /** The same encoder where else it lies. */
  public EncoderInfo at(String otherDir) {
    return new EncoderInfo(otherDir, name, digest, signature, input, outputs, precision);
  }

  /** Width of all outputs together. */
  public int dim() {
    return outputs.stream().mapToInt(EncoderOutput::dim).sum();
  }
}
