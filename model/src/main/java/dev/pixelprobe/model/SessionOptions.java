package dev.pixelprobe.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How TensorFlow runs a model on this machine.
 *
 * <p>GPUs are the process's, not a session's: TensorFlow sets them up as the first session of a
 * process asks, so the options for GPUs must be the same in all sessions that use one. The threads
 * for one operation are the process's too, unless {@code TF_OVERRIDE_GLOBAL_THREADPOOL=1} gives
 * every session its own; the program, its tests and its images set that.
 *
 * @param threads CPU threads for one operation and for operations side by side
 * @param visibleGpus numbers of the GPUs to use, such as {@code 0,2}; empty for all
 * @param memoryGrowth take GPU memory as it is needed instead of all at once
 * @param memoryFraction largest share of a GPU's memory to take, in (0, 1]; 0 for TensorFlow's own
 *     choice
 */
public record SessionOptions(
    int threads, Device device, String visibleGpus, boolean memoryGrowth, double memoryFraction) {
  private static final boolean OWN_THREADS =
      Set.of("1", "true")
          .contains(System.getenv().getOrDefault("TF_OVERRIDE_GLOBAL_THREADPOOL", ""));

  private static volatile @Nullable SessionOptions ofProcess;

  public SessionOptions {
    if (threads < 1 || memoryFraction < 0 || memoryFraction > 1) {
      throw new IllegalArgumentException(
          "session: expected threads > 0 and a share of memory in 0..1, got %d and %s"
              .formatted(threads, memoryFraction));
    }
  }

  /** On a GPU if there is one, whose memory is taken as it is needed. */
  public static SessionOptions ofThreads(int threads) {
    return new SessionOptions(threads, Device.AUTO, "", true, 0);
  }

  /** Those that {@link #forProcess} set; else {@link #ofThreads} with all cores. */
  public static SessionOptions ofProcess() {
    SessionOptions set = ofProcess;
    return set == null ? ofThreads(Runtime.getRuntime().availableProcessors()) : set;
  }

  /** Sets what sessions of this process use that are not told otherwise. */
  public static void forProcess(SessionOptions options) {
    ofProcess = options;
  }

  /** What TensorFlow is told when a session begins. */
  public ConfigProto config() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(threads)
            .setGpuOptions(gpuOptions());
    if (device == Device.CPU) {
      config.putDeviceCount(Devices.GPU, 0);
    }
    return config.build();
  }

  /**
   * {@link #config} for a model whose batches run in parts side by side, each on one thread: then
   * no operation waits for another thread. Where all sessions of the process share the threads for
   * one operation, there are as many as ever.
   */
  ConfigProto configOfParts() {
    return config().toBuilder().setIntraOpParallelismThreads(OWN_THREADS ? 1 : threads).build();
  }

  private GPUOptions gpuOptions() {
    GPUOptions.Builder gpu =
        GPUOptions.newBuilder().setAllowGrowth(memoryGrowth).setVisibleDeviceList(visibleGpus);
    if (memoryFraction > 0) {
      gpu.setPerProcessGpuMemoryFraction(memoryFraction);
    }
    return gpu.build();
  }
}
