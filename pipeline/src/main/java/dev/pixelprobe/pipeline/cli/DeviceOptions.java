package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Device;
import dev.pixelprobe.model.Devices;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.SessionOptions;
import dev.pixelprobe.pipeline.extract.ModelRunOptions;
import java.io.IOException;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Option;

/** Where models run, here and on the workers, and what they may use of it. */
final class DeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      defaultValue = "auto",
      description = "where models run; auto: on a GPU if there is one; default ${DEFAULT-VALUE}")
  private Device device = Device.AUTO;

  @Option(
      names = "--gpus",
      paramLabel = "N,..",
      defaultValue = "",
      description = "numbers of the GPUs that may be used; the first of them runs the model")
  private String gpus = "";

  @Option(
      names = "--gpu-memory-fraction",
      paramLabel = "F",
      description = "largest share of a GPU's memory to take; default what is free")
  private double memoryFraction;

  @Option(
      names = "--no-gpu-memory-growth",
      description = "take that share at once, not as it is needed")
  private boolean noMemoryGrowth;

  /**
   * The pipeline's options, with these among them; sessions of this process use them too.
   *
   * @throws IOException if models must run on a GPU of this machine and it has none, which is known
   *     before any work
   */
  PipelineOptions pipelineOptions(Invocation invocation) throws IOException {
    PipelineOptions options = BeamOptions.of(invocation.beam());
    SessionOptions session = session();
    ModelRunOptions.put(options, session);
    if (device == Device.GPU && BeamOptions.isEmbedded(options)) {
      Devices.onGpu(session);
    }
    SessionOptions.forProcess(session);
    return options;
  }

  /** Has sessions of this process use them, where there is no pipeline. */
  void forProcess() {
    SessionOptions.forProcess(session());
  }

  private SessionOptions session() {
    int threads = Runtime.getRuntime().availableProcessors();
    return new SessionOptions(threads, device, gpus(), !noMemoryGrowth, memoryFraction());
  }

  private String gpus() {
    if (!gpus.matches("(\\d+(,\\d+)*)?")) {
      throw new InvalidInputException("--gpus: expected numbers such as 0,1, got " + gpus);
    }
    return gpus;
  }

  private double memoryFraction() {
    if (!(memoryFraction >= 0 && memoryFraction <= 1)) {
      throw new InvalidInputException(
          "--gpu-memory-fraction: expected a share of 0..1, got " + memoryFraction);
    }
    return memoryFraction;
  }
}
