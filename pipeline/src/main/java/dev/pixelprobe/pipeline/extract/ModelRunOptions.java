package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Device;
import dev.pixelprobe.model.SessionOptions;
import java.time.Duration;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How workers run models; travels with the pipeline. */
public interface ModelRunOptions extends PipelineOptions {
  int USUAL_BATCH_TIMEOUT = 1_800;

  @Description("where models run")
  @Default.Enum("AUTO")
  Device getDevice();

  void setDevice(Device device);

  @Description("numbers of the GPUs that may be used; empty for all")
  @Default.String("")
  String getVisibleGpus();

  void setVisibleGpus(String gpus);

  @Description("take GPU memory as it is needed")
  @Default.Boolean(true)
  boolean getGpuMemoryGrowth();

  void setGpuMemoryGrowth(boolean growth);

  @Description("largest share of a GPU's memory; 0 for TensorFlow's own choice")
  @Default.Double(0)
  double getGpuMemoryFraction();

  void setGpuMemoryFraction(double fraction);

  @Description("seconds that a batch of features may take; 0 for any")
  @Default.Integer(USUAL_BATCH_TIMEOUT)
  int getBatchTimeout();

  void setBatchTimeout(int seconds);

  /** Has workers run models as a session with these options would, but with their own threads. */
  static void put(PipelineOptions options, SessionOptions session) {
    ModelRunOptions model = options.as(ModelRunOptions.class);
    model.setDevice(session.device());
    model.setVisibleGpus(session.visibleGpus());
    model.setGpuMemoryGrowth(session.memoryGrowth());
    model.setGpuMemoryFraction(session.memoryFraction());
  }

  /**
   * What sessions of this process are to use. All its slots share a model's session and so its
   * threads, of which there are as many as the process has cores: a slot's share for each.
   */
  static SessionOptions session(PipelineOptions options) {
    ModelRunOptions model = options.as(ModelRunOptions.class);
    return new SessionOptions(
        Runtime.getRuntime().availableProcessors(),
        model.getDevice(),
        model.getVisibleGpus(),
        model.getGpuMemoryGrowth(),
        model.getGpuMemoryFraction());
  }

  /** How long a batch of features may take; zero for any time. */
  static Duration batchLimit(PipelineOptions options) {
    return Duration.ofSeconds(options.as(ModelRunOptions.class).getBatchTimeout());
  }
}
