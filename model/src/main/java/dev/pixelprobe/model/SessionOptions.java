package dev.pixelprobe.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.RunOptions;

/**
 * How TensorFlow runs a model on this machine.
 *
 * <p>Threads and GPUs are the process's, not a session's: TensorFlow sets both up as the first
 * session of a process asks. So the threads are those of all sessions together, and the options
 * for GPUs must be the same in all sessions that use one.
 *
 * @param threads CPU threads for one operation and for operations side by side
 * @param visibleGpus numbers of the GPUs to use, such as {@code 0,2}; empty for all
 * @param memoryGrowth take GPU memory as it is needed instead of all at once
 * @param memoryFraction largest share of a GPU's memory to take, in (0, 1]; 0 for TensorFlow's own
 *     choice
 * @param runLimit after which a forward pass is given up, between two operations; zero for never
 */
public record SessionOptions(
    int threads,
    Device device,
    String visibleGpus,
    boolean memoryGrowth,
    double memoryFraction,
    Duration runLimit) {
  private static volatile @Nullable SessionOptions ofProcess;

  public SessionOptions {
    if (threads < 1 || memoryFraction < 0 || memoryFraction > 1 || runLimit.isNegative()) {
      throw new IllegalArgumentException(
          "session: expected threads > 0, a share of memory in 0..1 and a limit, got %d, %s and %s"
              .formatted(threads, memoryFraction, runLimit));
    }
  }

  /** On a GPU if there is one, whose memory is taken as it is needed; no limit. */
  public static SessionOptions ofThreads(int threads) {
    return new SessionOptions(threads, Device.AUTO, "", true, 0, Duration.ZERO);
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

  public SessionOptions withRunLimit(Duration limit) {
    return new SessionOptions(
        threads, device, visibleGpus, memoryGrowth, memoryFraction, limit);
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

  private GPUOptions gpuOptions() {
    GPUOptions.Builder gpu =
        GPUOptions.newBuilder().setAllowGrowth(memoryGrowth).setVisibleDeviceList(visibleGpus);
    if (memoryFraction > 0) {
      gpu.setPerProcessGpuMemoryFraction(memoryFraction);
    }
    return gpu.build();
  }

  /** A forward pass of a session, to be fed. */
  public Session.Runner runner(Session session) {
    Session.Runner runner = session.runner();
    if (!runLimit.isZero()) {
      runner.setOptions(RunOptions.newBuilder().setTimeoutInMs(runLimit.toMillis()).build());
    }
    return runner;
  }
}
