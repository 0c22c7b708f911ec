package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

final class SessionOptionsTest {
  private static final SessionOptions ON_GPU =
      new SessionOptions(3, Device.GPU, "1,2", false, 0.25);

  @Test
  void everyOptionReachesTensorFlow() throws Exception {
    ConfigProto config = ConfigProto.parseFrom(ON_GPU.config().toByteArray());

    assertThat(config.getIntraOpParallelismThreads()).isEqualTo(3);
    assertThat(config.getInterOpParallelismThreads()).isEqualTo(3);
    assertThat(config.getDeviceCountMap()).isEmpty();
    assertThat(config.getGpuOptions().getVisibleDeviceList()).isEqualTo("1,2");
    assertThat(config.getGpuOptions().getAllowGrowth()).isFalse();
    assertThat(config.getGpuOptions().getPerProcessGpuMemoryFraction()).isEqualTo(0.25);
  }

  @Test
  void partsSideBySideEachHaveAThread() {
    ConfigProto config = ON_GPU.configOfParts();

    assertThat(config.getInterOpParallelismThreads()).isEqualTo(3);
    assertThat(config.getIntraOpParallelismThreads())
        .isEqualTo("1".equals(System.getenv("TF_OVERRIDE_GLOBAL_THREADPOOL")) ? 1 : 3);
  }

  @Test
  void usuallyMemoryIsTakenAsItIsNeeded() {
    ConfigProto config = SessionOptions.ofThreads(2).config();

    assertThat(config.getGpuOptions().getAllowGrowth()).isTrue();
    assertThat(config.getGpuOptions().getPerProcessGpuMemoryFraction()).isZero();
    assertThat(config.getGpuOptions().getVisibleDeviceList()).isEmpty();
  }

  @Test
  void theCpuAloneMeansNoGpus() {
    SessionOptions onCpu = new SessionOptions(2, Device.CPU, "", true, 0);

    assertThat(onCpu.config().getDeviceCountMap()).containsEntry("GPU", 0).hasSize(1);
    assertThat(Devices.gpus(onCpu)).isEmpty();
  }

  @Test
  void aGpuThatIsAskedForMustBeThere() throws IOException {
    assertThat(Devices.onGpu(SessionOptions.ofThreads(2)))
        .isEqualTo(!Devices.gpus(SessionOptions.ofThreads(2)).isEmpty());
    if (Devices.gpus(ON_GPU).isEmpty()) {
      assertThatThrownBy(() -> Devices.onGpu(ON_GPU))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("--device gpu: expected a GPU that TensorFlow can use, got none");
    }
  }

  @Test
  void sessionsThatAreNotToldOtherwiseUseThoseOfTheProcess() {
    try {
      SessionOptions.forProcess(ON_GPU);
      assertThat(SessionOptions.ofProcess()).isEqualTo(ON_GPU);
    } finally {
      SessionOptions.forProcess(
          SessionOptions.ofThreads(Runtime.getRuntime().availableProcessors()));
    }
  }
}
