package dev.pixelprobe.eval.results;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What made a result: enough to make it again.
 *
 * @param started ISO 8601, UTC
 * @param finished ISO 8601, UTC
 * @param version of pixelprobe
 * @param gitCommit pixelprobe was built from, if that is known
 * @param command line as typed
 * @param gpu {@code none} on a machine without one
 * @param runner of Beam, such as {@code FlinkRunner}
 * @param precision of the model's arithmetic, {@code f32} or {@code bf16}; null where it was not
 *     yet written down
 * @param variant what sets the run apart from others of the same model and data set in its suite;
 *     null if nothing does
 */
public record Provenance(
    String started,
    String finished,
    String version,
    @Nullable String gitCommit,
    String command,
    String java,
    String os,
    String cpu,
    String gpu,
    String runner,
    int parallelism,
    long seed,
    Model model,
    @Nullable String precision,
    String paletteDigest,
    Dataset dataset,
    @Nullable String variant) {

  /**
   * The frozen model whose features were probed.
   *
   * @param nPx side of the images it reads; null if it takes any size
   * @param nLayer blocks of an Image GPT; null for other models
   * @param nEmbd width of an Image GPT; null for other models
   */
  public record Model(
      String name,
      String digest,
      @Nullable Integer nPx,
      @Nullable Integer nLayer,
      @Nullable Integer nEmbd) {
    public Model {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * The labelled images, as many as were used.
   *
   * @param classNames by label; null where they were not yet written down
   */
  public record Dataset(
      String name,
      String digest,
      int nTrain,
      int nTest,
      int classes,
      @Nullable List<String> classNames) {
    public Dataset {
      Objects.requireNonNull(name, "name");
      classNames = classNames == null ? null : List.copyOf(classNames);
    }
  }

  /** Throws NullPointerException if a part that must be there is not. */
  public Provenance {
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(finished, "finished");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(dataset, "dataset");
  }
}
